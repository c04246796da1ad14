"""The gateway's settings, from the environment with the prefix HELPBOT_."""

import sys
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.content.hours import OpeningHours

_SECRET = Field(min_length=20)
_OPTIONAL_SECRETS = (
    "line_channel_secret",
    "line_channel_access_token",
    "slack_signing_secret",
    "slack_bot_token",
)
_ASYNC_DRIVERS = {"sqlite://": "sqlite+aiosqlite://"}


def _with_async_driver(url: str) -> str:
    """Accept the plain form of an address, which is what people write."""
    for plain, driven in _ASYNC_DRIVERS.items():
        if url.startswith(plain):
            return driven + url.removeprefix(plain)
    return url


def _list(value: object) -> object:
    return (
        [part.strip().rstrip("/") for part in value.split(",")] if isinstance(value, str) else value
    )


def _readable_hours(form: str) -> str:
    OpeningHours(form)
    return form


class Settings(BaseSettings):
    """One object for the whole process; no secret has a default."""

    model_config = SettingsConfigDict(env_prefix="HELPBOT_")

    host: str = "0.0.0.0"
    port: int = 8000
    public_url: str = ""
    database_url: Annotated[str, BeforeValidator(_with_async_driver)] = (
        "sqlite+aiosqlite:///var/gateway.db"
    )
    engine: Literal["rasa", "keyword"] = "rasa"
    rasa_urls: Annotated[list[str], NoDecode, BeforeValidator(_list)] = ["http://127.0.0.1:5005"]
    rasa_token: SecretStr = _SECRET
    account_mode: Literal["off", "demo"] = "demo"
    accounts_url: str = "http://127.0.0.1:8010"
    accounts_token: SecretStr = _SECRET
    link_secret: SecretStr = _SECRET
    worker: Literal["on", "off"] = "on"
    worker_tasks: int = 4
    opening_hours: Annotated[str, AfterValidator(_readable_hours)] = "Mon-Fri 09:30-18:00"
    line_channel_secret: SecretStr | None = None
    line_channel_access_token: SecretStr | None = None
    # The account's LINE ID ("@…"), for the way back from the form.
    line_basic_id: str = ""
    line_api_base: str = "https://api.line.me"
    slack_signing_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_api_base: str = "https://slack.com/api"
    # How long a message waits for one that was sent before it and comes later.
    settle_seconds: Annotated[float, Field(ge=0, le=10)] = 1.5
    log_level: str = "INFO"

    @field_validator(*_OPTIONAL_SECRETS, mode="before")
    @classmethod
    def _unset(cls, value: object) -> object:
        """Take an empty variable for none: that is how people switch a channel off."""
        return None if value == "" else value

    @model_validator(mode="after")
    def _own_address(self) -> Self:
        if not self.public_url:
            self.public_url = f"http://127.0.0.1:{self.port}"
        self.public_url = self.public_url.rstrip("/")
        return self


def load_settings() -> Settings:
    """Return the settings, or end the process with one sentence a setting and exit code 2."""
    try:
        return Settings()
    except ValidationError as error:
        for each in error.errors():
            name = f"HELPBOT_{str(each['loc'][0]).upper()}" if each["loc"] else "settings"
            print(  # noqa: T201 - the log is not set up yet
                f"api: {name} is missing or wrong ({each['msg']}); "
                "`make up` writes the secrets to var/secrets.env, the README lists the rest",
                file=sys.stderr,
            )
        raise SystemExit(2) from None
