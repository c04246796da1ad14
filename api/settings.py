"""The gateway's settings, from the environment with the prefix HELPBOT_."""

import re
import sys
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.content.hours import OpeningHours

_SECRET = Field(min_length=20)
_ASYNC_DRIVERS = {"sqlite://": "sqlite+aiosqlite://"}


def _with_async_driver(url: str) -> str:
    """Accept the plain form of an address, which is what people write."""
    for plain, driven in _ASYNC_DRIVERS.items():
        if url.startswith(plain):
            return driven + url.removeprefix(plain)
    return url


def _list(value: object) -> object:
    return (
        [part.strip().rstrip("/") for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


# scheme, host with at most a leading *., port: nothing that could end the header's directive.
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?")


def _origins(values: list[str]) -> list[str]:
    for each in values:
        if not _ORIGIN.fullmatch(each):
            raise ValueError(f"{each!r} is no origin like https://www.example.jp")
    return values


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
    widget_files: str = "var/widget"
    frame_ancestors: Annotated[
        list[str], NoDecode, BeforeValidator(_list), AfterValidator(_origins)
    ] = []
    opening_hours: Annotated[str, AfterValidator(_readable_hours)] = "Mon-Fri 09:30-18:00"
    log_level: str = "INFO"

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
