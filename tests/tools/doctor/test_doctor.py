"""`make doctor` against real faults, each in a folder of its own."""

import os
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.servers import API_PYTHON, ROOT, free_port
from tools.environment import PORTS

MODULES = {
    "HELPBOT_DATABASE_URL": "api.migrate",
    "HELPBOT_ACCOUNTS_DATABASE_URL": "api.accounts.migrate",
}
SECRETS = "".join(
    f"HELPBOT_{name}={name.lower()}-that-is-long-enough\n"
    for name in ("RASA_TOKEN", "ACCOUNTS_TOKEN", "LINK_SECRET")
)


class Patient:
    """A var folder as `make up` leaves it, and what the doctor says of it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.environment = {
            **{name: value for name, value in os.environ.items() if "HELPBOT" not in name},
            **{name: str(free_port()) for name in PORTS},
            "HELPBOT_VAR": str(var),
        }
        self.secrets = var / "secrets.env"
        self.secrets.write_text(SECRETS)
        self.secrets.chmod(0o600)

    def migrate(self) -> None:
        for name, file in zip(MODULES, ("gateway.db", "accounts.db"), strict=True):
            url = {name: f"sqlite+aiosqlite:///{self.var / file}"}
            secrets = dict(line.split("=", 1) for line in SECRETS.split())
            command = [API_PYTHON, "-m", MODULES[name]]
            environment = {**self.environment, **secrets, **url}
            subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    def examined(self, **more: str) -> tuple[int, dict[str, list[str]]]:
        """Return the exit code and what is wrong, by part."""
        done = subprocess.run(
            [API_PYTHON, "-m", "tools.doctor"], cwd=ROOT, env={**self.environment, **more},
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        found: dict[str, list[str]] = {}
        for line in done.stdout.splitlines():
            if line.startswith("WRONG"):
                _, part, sentence = line.split(maxsplit=2)
                found.setdefault(part, []).append(sentence)
        assert not done.stderr, done.stderr
        return done.returncode, found

    def complaint(self, part: str, **more: str) -> str:
        """Return the one sentence about the one part that is wrong."""
        code, found = self.examined(**more)
        assert (code, list(found)) == (1, [part]), found
        (sentence,) = found[part]
        return sentence


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(tmp_path)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    patient = Patient(tmp_path_factory.mktemp("migrated"))
    patient.migrate()
    return patient.var


@pytest.fixture
def laid(patient: Patient, migrated: Path) -> Patient:
    for name in ("gateway.db", "accounts.db"):
        shutil.copy(migrated / name, patient.var / name)
    return patient


def test_where_all_is_well_nothing_is_wrong(laid: Patient) -> None:
    assert laid.examined() == (0, {})


def test_before_the_first_start_nothing_is_wrong(tmp_path: Path) -> None:
    patient = Patient(tmp_path)
    patient.secrets.unlink()
    assert patient.examined() == (0, {})
    assert not patient.secrets.exists()


@pytest.mark.parametrize("name", PORTS)
def test_a_port_that_somebody_else_has_is_named_with_a_way_out(patient: Patient, name: str) -> None:
    port = int(patient.environment[name])
    with socket.create_server(("127.0.0.1", port)):
        sentence = patient.complaint("ports")
    assert f"Port {port} is in use" in sentence
    assert f"{name}={port + 1} make up" in sentence


def test_a_port_that_is_no_port_is_named(patient: Patient) -> None:
    assert "HELPBOT_RASA_PORT" in patient.complaint("ports", HELPBOT_RASA_PORT="many")


def test_secrets_that_others_may_read_are_named_with_the_command(patient: Patient) -> None:
    patient.secrets.chmod(0o644)
    assert f"chmod 600 {patient.secrets}" in patient.complaint("secrets")


def test_a_secret_that_can_be_guessed_is_named_and_not_shown(patient: Patient) -> None:
    patient.secrets.write_text(SECRETS.replace("link_secret-that-is-long-enough", "hunter2"))
    sentence = patient.complaint("secrets")
    assert "HELPBOT_LINK_SECRET is shorter than 20 characters" in sentence
    assert "hunter2" not in sentence


def test_a_missing_secret_is_named(patient: Patient) -> None:
    patient.secrets.write_text("\n".join(SECRETS.splitlines()[:2]))
    assert "HELPBOT_LINK_SECRET is missing" in patient.complaint("secrets")


def test_two_secrets_that_are_one_are_named(patient: Patient) -> None:
    patient.secrets.write_text(SECRETS.replace("accounts_token-that", "rasa_token-that"))
    assert "the same" in patient.complaint("secrets")


def test_a_folder_that_cannot_be_written_is_named(patient: Patient) -> None:
    (patient.var / "log").write_text("a file where a folder should be")
    assert "cannot be written" in patient.complaint("disk")


def test_a_clock_that_was_set_back_is_named(patient: Patient) -> None:
    tomorrow = time.time() + 86_400
    os.utime(patient.secrets, (tomorrow, tomorrow))
    assert "timedatectl" in patient.complaint("clock")


def test_a_clock_that_nobody_keeps_is_named(patient: Patient, tmp_path: Path) -> None:
    system = tmp_path / "bin" / "timedatectl"
    system.parent.mkdir()
    system.write_text("#!/bin/sh\necho no\n")
    system.chmod(0o755)
    sentence = patient.complaint("clock", PATH=f"{system.parent}:{os.environ['PATH']}")
    assert "NTP" in sentence


def test_a_setting_that_is_refused_is_named(patient: Patient) -> None:
    sentence = patient.complaint("settings", HELPBOT_OPENING_HOURS="always")
    assert "HELPBOT_OPENING_HOURS" in sentence


def test_live_without_what_it_needs_is_named(patient: Patient) -> None:
    sentence = patient.complaint("settings", HELPBOT_ACCOUNT_MODE="live")
    assert "HELPBOT_OPERATOR_NAME" in sentence


def test_a_file_that_is_no_database_is_named(laid: Patient) -> None:
    (laid.var / "gateway.db").write_bytes(b"no database at all" * 100)
    sentence = laid.complaint("database")
    assert "gateway.db" in sentence
    assert "make restore" in sentence


def test_a_database_that_does_not_answer_is_named_without_its_password(patient: Patient) -> None:
    url = f"postgresql://helpbot:pass-of-the-db@127.0.0.1:{free_port()}/helpbot"
    code, found = patient.examined(HELPBOT_DATABASE_URL=url)
    assert code == 1
    assert "HELPBOT_DATABASE_URL" in "".join(found["database"])
    assert "pass-of-the-db" not in str(found)


@pytest.mark.parametrize("file", ["gateway.db", "accounts.db"])
def test_tables_of_an_older_tree_are_named_with_the_way_up(laid: Patient, file: str) -> None:
    with closing(sqlite3.connect(laid.var / file)) as database, database:
        database.execute("update alembic_version set version_num = 'older'")
    sentence = laid.complaint("database")
    assert file in sentence
    assert "older" in sentence


def test_a_platform_that_does_not_answer_is_named(patient: Patient) -> None:
    sentence = patient.complaint(
        "channels",
        HELPBOT_LINE_CHANNEL_SECRET="s" * 20,
        HELPBOT_LINE_CHANNEL_ACCESS_TOKEN="t" * 20,
        HELPBOT_LINE_API_BASE=f"http://127.0.0.1:{free_port()}",
    )
    assert "LINE" in sentence


Break = Callable[[Path], None]


def no_mark(root: Path) -> None:
    (root / ".venv-bot" / "laid").unlink()


def older(root: Path) -> None:
    (root / "requirements" / "api.txt").write_text("newer")
    (root / "requirements" / "dev-api.txt").write_text("newer")


def no_interpreter(root: Path) -> None:
    (root / ".venv-bot" / "bin" / "python").unlink()


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (no_mark, ".venv-bot is not laid"),
        (older, ".venv-api is older"),
        (no_interpreter, ".venv-bot has Python that does not start"),
    ],
)
def test_an_environment_that_does_not_fit_is_named(tmp_path: Path, harm: Break, word: str) -> None:
    from tools.doctor import versions

    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for name in ("api", "bot"):
        (tmp_path / f".venv-{name}" / "bin").mkdir(parents=True)
        for file in ("laid", "bin/python"):
            place = ROOT / f".venv-{name}" / file
            copy = tmp_path / f".venv-{name}" / file
            copy.write_bytes(place.read_bytes()) if file == "laid" else copy.symlink_to(place)
    harm(tmp_path)
    (finding,) = versions.check(tmp_path)
    assert not finding.well
    assert word in finding.sentence


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00"])
def test_a_broken_model_is_named(tmp_path: Path, content: bytes) -> None:
    from tools.doctor.model import examined

    archive = tmp_path / "helpbot-0.tar.gz"
    archive.write_bytes(content)
    finding = examined(archive)
    assert not finding.well
    assert "delete it" in finding.sentence


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    from tools.doctor import __main__ as doctor

    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr(doctor, "_CHECKS", {"clock": broken})
    (finding,) = doctor.findings()
    assert not finding.well
