import os
import subprocess

import pytest

from api.settings import Settings
from api.verification.live import fault_of
from tests.support.servers import API_PYTHON, ROOT, TOKEN, free_port

SECRETS = {f"HELPBOT_{name}": TOKEN for name in ("RASA_TOKEN", "ACCOUNTS_TOKEN", "LINK_SECRET")}


def start(**changed: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **SECRETS, **changed}
    command = [API_PYTHON, "-m", "api"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", ["", "changethis"])
def test_without_a_proper_secret_the_process_names_the_variable_and_the_fix(
    name: str, value: str
) -> None:
    done = start(**{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert "make up" in done.stderr


def test_a_refused_secret_is_not_printed() -> None:
    assert "changethis" not in start(HELPBOT_RASA_TOKEN="changethis").stderr


LIVE = {
    "HELPBOT_ACCOUNT_MODE": "live",
    "HELPBOT_OPERATOR_NAME": "見本の会",
    "HELPBOT_PRIVACY_ADDRESS": "privacy@example.jp",
    "HELPBOT_ALLOWED_HOSTS": "bot.example.jp",
    "HELPBOT_LIVE_FOR_TESTS": "on",
}


def refused(**changed: str) -> str:
    """Start in `live` with one thing missing; return the sentence it ends with."""
    done = start(**{**LIVE, **changed})
    assert done.returncode == 2
    return done.stderr


@pytest.mark.parametrize("name", ["OPERATOR_NAME", "PRIVACY_ADDRESS", "ALLOWED_HOSTS"])
def test_live_does_not_start_without_saying_who_asks(name: str) -> None:
    assert f"live needs HELPBOT_{name}" in refused(**{f"HELPBOT_{name}": ""})


def test_live_does_not_start_with_telephone_numbers_nobody_has_checked() -> None:
    assert "data/public_numbers.yml" in refused(HELPBOT_LIVE_FOR_TESTS="off")


async def test_live_does_not_start_with_the_mock(accounts_url: str) -> None:
    assert "is the mock" in str(await fault_of(live(accounts_url)))


async def test_live_does_not_start_when_it_cannot_ask() -> None:
    assert "does not answer" in str(await fault_of(live(f"http://127.0.0.1:{free_port()}")))


def live(accounts_url: str) -> Settings:
    """Settings of `live` as if every telephone number had been checked."""
    secrets = {"rasa_token": TOKEN, "accounts_token": TOKEN, "link_secret": TOKEN}
    settings = Settings(accounts_url=accounts_url, **secrets)
    return settings.model_copy(update={"account_mode": "live"})


def test_the_plain_form_of_a_database_address_is_understood() -> None:
    settings = Settings(
        database_url="sqlite:///x.db", rasa_token=TOKEN, accounts_token=TOKEN, link_secret=TOKEN
    )
    assert settings.database_url == "sqlite+aiosqlite:///x.db"


def test_several_rasa_servers_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPBOT_RASA_URLS", "http://a:1, http://b:2/")
    settings = Settings(rasa_token=TOKEN, accounts_token=TOKEN, link_secret=TOKEN)
    assert settings.rasa_urls == ["http://a:1", "http://b:2"]
