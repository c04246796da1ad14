"""What a bad setting leads to; the same through a real process stands in test_process.py."""

import os

import pytest

from api.accounts.settings import load_settings


@pytest.fixture(autouse=True)
def _environment(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("HELPBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HELPBOT_ACCOUNTS_TOKEN", "a-token-of-the-tests-only")
    monkeypatch.chdir(tmp_path)


BAD = [
    ("HELPBOT_ACCOUNTS_TOKEN", "nineteen-characters"),
    ("HELPBOT_ACCOUNTS_PORT", "many"),
    ("HELPBOT_ACCOUNTS_PORT", "70000"),
    ("HELPBOT_LOCK_AFTER", "0"),
    ("HELPBOT_LOCK_MINUTES", "-1"),
    ("HELPBOT_ACCOUNTS_DATABASE_URL", "nonsense"),
    ("HELPBOT_ACCOUNTS_DATABASE_URL", "sqlite+pysqlite:///var/accounts.db"),
    ("HELPBOT_ACCOUNTS_DATABASE_URL", "postgresql+nosuch://user:password@host/x"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_setting_ends_the_process_with_code_2(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as end:
        load_settings()
    assert end.value.code == 2


@pytest.mark.parametrize(("name", "value"), BAD)
def test_the_sentence_names_the_variable_in_one_line(monkeypatch, capsys, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        load_settings()
    sentence = capsys.readouterr().err
    assert (sentence.startswith(f"{name} is refused ("), sentence.count("\n")) == (True, 1)


@pytest.mark.parametrize("secret", ["nineteen-characters", "password"])
def test_the_sentence_quotes_no_secret(monkeypatch, capsys, secret):
    name = next(name for name, value in BAD if secret in value)
    monkeypatch.setenv(name, next(value for _, value in BAD if secret in value))
    with pytest.raises(SystemExit):
        load_settings()
    assert secret not in capsys.readouterr().err


def test_the_settings_never_print_their_token():
    assert "a-token-of-the-tests-only" not in repr(load_settings())


def test_the_defaults_are_those_of_the_design():
    settings = load_settings()
    assert (settings.accounts_port, settings.lock_after, settings.lock_minutes) == (8010, 5, 30)
