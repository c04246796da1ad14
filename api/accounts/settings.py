"""Settings of the accounts process, all from the environment or `var/secrets.env`."""

import sys
from datetime import timedelta

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_PREFIX = "HELPBOT_"
_FIXES = {"accounts_token": "run `make up`, which creates it in var/secrets.env"}


class Settings(BaseSettings):
    """What the process can be told; each name carries the prefix `HELPBOT_`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file="var/secrets.env", extra="ignore", frozen=True
    )

    accounts_database_url: str = Field(default="sqlite+aiosqlite:///var/accounts.db", repr=False)
    accounts_token: SecretStr
    accounts_port: int = Field(default=8010, ge=1, le=65535)
    # lock_after waits for POST /v1/logins: nothing in this process counts failures before it.
    lock_after: int = Field(default=5, ge=1)
    lock_minutes: int = Field(default=30, ge=1, le=7 * 24 * 60)

    @field_validator("accounts_token")
    @classmethod
    def _is_long_enough(cls, token: SecretStr) -> SecretStr:
        if len(token.get_secret_value()) < 20:
            raise ValueError("it has fewer than 20 characters")
        return token

    @field_validator("accounts_database_url")
    @classmethod
    def _is_usable(cls, url: str) -> str:
        try:
            dialect = make_url(url).get_dialect()
            dialect.import_dbapi()
        except (ArgumentError, ImportError):
            raise ValueError("it names no installed database driver") from None
        if not dialect.is_async:
            raise ValueError("it needs an async driver such as sqlite+aiosqlite")
        return url

    @property
    def lock_time(self) -> timedelta:
        """Return how long a lock holds."""
        return timedelta(minutes=self.lock_minutes)


def load_settings() -> Settings:
    """Return the settings, or end the process with one sentence and exit code 2."""
    try:
        return Settings()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        sys.stderr.write(f"{_sentence(error)}\n")
        raise SystemExit(2) from None


def _sentence(error: ValidationError) -> str:
    """Name the first bad variable and its fix, and never quote a value: it may be a secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    field = str(first["loc"][0])
    reason = first["msg"].removeprefix("Value error, ")
    fault = "is missing" if first["type"] == "missing" else f"is refused ({reason})"
    fix = _FIXES.get(field, "correct it in the environment or in var/secrets.env")
    return f"{_PREFIX}{field.upper()} {fault}: {fix}."
