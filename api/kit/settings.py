"""One way for every process to read its settings and to say which of them is wrong."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "HELPBOT_"
_FROM_FILE = ("token", "secret")
_MADE_BY_UP = "run `make up`, which creates it in var/secrets.env"
_FIX = "correct it in the environment or in var/secrets.env (the README lists the settings)"


class EnvironmentSettings(BaseSettings):
    """Settings from the environment, then from `var/secrets.env`; names carry the prefix."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file="var/secrets.env", extra="ignore", frozen=True
    )


Settings = TypeVar("Settings", bound=EnvironmentSettings)


def load(kind: type[Settings]) -> Settings:
    """Return the settings of that kind, or end the process: a sentence a fault, exit code 2."""
    try:
        return kind()
    except ValidationError as error:
        give_up(map(_sentence, error.errors(include_input=False, include_url=False)))


def give_up(sentences: Iterable[str]) -> NoReturn:
    """Write the sentences to stderr (no log is set up yet) and end with exit code 2."""
    sys.stderr.writelines(f"{sentence}\n" for sentence in sentences)
    raise SystemExit(2)


def _sentence(fault: Mapping[str, Any]) -> str:
    """Name the variable and its fix, and never quote a value: it may be a secret."""
    reason = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:
        return f"{reason}."
    field = str(fault["loc"][0])
    what = "is missing" if fault["type"] == "missing" else f"is refused ({reason})"
    fix = _MADE_BY_UP if field.endswith(_FROM_FILE) else _FIX
    return f"{PREFIX}{field.upper()} {what}: {fix}."
