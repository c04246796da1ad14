"""Settings of the accounts process, all from the environment or `var/secrets.env`."""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from api.kit.database import with_async_driver
from api.kit.settings import EnvironmentSettings, load


class Settings(EnvironmentSettings):
    """What the process can be told; each name carries the prefix `HELPBOT_`."""

    account_mode: Literal["off", "demo", "live"] = "demo"
    accounts_database_url: str = Field(default="sqlite+aiosqlite:///var/accounts.db", repr=False)
    accounts_token: SecretStr
    # Whoever reaches this address and holds the token can ask about accounts. Only in a
    # container of its own, on a network without a way out, is it another one (compose.yaml).
    accounts_host: str = "127.0.0.1"
    accounts_port: int = Field(default=8010, ge=1, le=65535)
    smtp_url: SecretStr | None = None
    smtp_sender: str = "helpbot@localhost"
    lock_after: int = Field(default=5, ge=1)
    lock_minutes: int = Field(default=30, ge=1, le=7 * 24 * 60)
    # Failures of everybody together. High: a stranger must not be able to lock somebody out.
    lock_ceiling: int = Field(default=100, ge=1)
    otp_minutes: int = Field(default=30, ge=1, le=24 * 60)
    resend_seconds: int = Field(default=60, ge=1)
    resends_an_hour: int = Field(default=3, ge=1)

    @field_validator("accounts_token")
    @classmethod
    def _is_long_enough(cls, token: SecretStr) -> SecretStr:
        if len(token.get_secret_value()) < 20:
            raise ValueError("it has fewer than 20 characters")
        return token

    @field_validator("accounts_database_url")
    @classmethod
    def _is_usable(cls, url: str) -> str:
        url = with_async_driver(url)
        try:
            dialect = make_url(url).get_dialect(_is_async=True)
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

    @property
    def otp_life(self) -> timedelta:
        """Return how long a code is good for."""
        return timedelta(minutes=self.otp_minutes)

    @property
    def resend_pause(self) -> timedelta:
        """Return how long after one code the next is sent at the earliest."""
        return timedelta(seconds=self.resend_seconds)


def load_settings() -> Settings:
    """Return the settings, or end the process with one sentence a fault and exit code 2."""
    return load(Settings)
