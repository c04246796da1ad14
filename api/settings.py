"""The gateway's settings, from the environment with the prefix HELPBOT_."""

import re
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from api.content.hours import OpeningHours
from api.content.numbers import unchecked_numbers
from api.kit.database import with_async_driver
from api.kit.settings import PREFIX, EnvironmentSettings, load

_SECRET = Field(min_length=20)
_OPTIONAL_SECRETS = (
    "line_channel_secret",
    "line_channel_access_token",
    "slack_signing_secret",
    "slack_bot_token",
    "metrics_token",
)
# What people have to be able to read before they are asked who they are.
_LIVE_NEEDS = ("operator_name", "privacy_address", "allowed_hosts")


def _list(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip().rstrip("/") for part in value.split(",") if part.strip()]


_Listed = Annotated[list[str], NoDecode, BeforeValidator(_list)]

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


class Settings(EnvironmentSettings):
    """One object for the whole process; no secret has a default."""

    model_config = SettingsConfigDict(frozen=False)

    host: str = "0.0.0.0"
    port: int = 8000
    public_url: str = ""
    database_url: Annotated[str, BeforeValidator(with_async_driver)] = (
        "sqlite+aiosqlite:///var/gateway.db"
    )
    # A streaming replica for the console's lists and figures; empty: the database itself.
    read_database_url: Annotated[str, BeforeValidator(with_async_driver)] = ""
    engine: Literal["rasa", "keyword"] = "rasa"
    rasa_urls: _Listed = Field(default=["http://127.0.0.1:5005"])
    rasa_token: SecretStr = _SECRET
    account_mode: Literal["off", "demo", "live"] = "demo"
    operator_name: str = ""
    privacy_address: str = ""
    allowed_hosts: _Listed = Field(default=[])
    # For tests only: lets `live` run against the mock and with numbers nobody has checked.
    live_for_tests: bool = False
    accounts_url: str = "http://127.0.0.1:8010"
    accounts_token: SecretStr = _SECRET
    link_secret: SecretStr = _SECRET
    # Where erasures are noted, apart from the database, for the day of a restore.
    erasure_ledger: str = ""
    # Where staff hear that somebody waits for a person; empty: in the console only.
    slack_staff_channel: str = ""
    # The model of this tree's data, as `make up` names it; the console tells others from it.
    model: str = ""
    # Lets Prometheus read /metrics from elsewhere; without it only this machine may.
    metrics_token: Annotated[SecretStr | None, _SECRET] = None
    worker: Literal["on", "off"] = "on"
    worker_tasks: int = 8
    # How many messages on the website who accepts them keeps to answer them itself; 0: none.
    at_once: Annotated[int, Field(ge=0)] = 0
    widget_files: str = "var/widget"
    frame_ancestors: Annotated[_Listed, AfterValidator(_origins)] = Field(default=[])
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

    @model_validator(mode="after")
    def _fit_for_live(self) -> Self:
        """Refuse to ask people who they are before they can see who asks."""
        if self.account_mode != "live":
            return self
        missing = [f"{PREFIX}{name.upper()}" for name in _LIVE_NEEDS if not getattr(self, name)]
        if missing:
            raise ValueError(
                f"{PREFIX}ACCOUNT_MODE=live needs {', '.join(missing)}: set them, or use `demo`"
            )
        if unchecked_numbers() and not self.live_for_tests:
            raise ValueError(
                f"{PREFIX}ACCOUNT_MODE=live needs checked telephone numbers: look each up on its "
                "live page and write the day into data/public_numbers.yml (verified_live_on)"
            )
        return self


def load_settings() -> Settings:
    """Return the settings, or end the process with one sentence a setting and exit code 2."""
    return load(Settings)
