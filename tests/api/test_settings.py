import os
import subprocess

import pytest

from api.settings import Settings
from tests.support.servers import API_PYTHON, ROOT, TOKEN

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


def test_live_account_help_does_not_start_in_this_version() -> None:
    assert "HELPBOT_ACCOUNT_MODE" in start(HELPBOT_ACCOUNT_MODE="live").stderr


def test_the_plain_form_of_a_database_address_is_understood() -> None:
    settings = Settings(
        database_url="sqlite:///x.db", rasa_token=TOKEN, accounts_token=TOKEN, link_secret=TOKEN
    )
    assert settings.database_url == "sqlite+aiosqlite:///x.db"


def test_several_rasa_servers_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPBOT_RASA_URLS", "http://a:1, http://b:2/")
    settings = Settings(rasa_token=TOKEN, accounts_token=TOKEN, link_secret=TOKEN)
    assert settings.rasa_urls == ["http://a:1", "http://b:2"]
