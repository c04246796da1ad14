"""The action server's settings, from the environment."""

import os
from dataclasses import dataclass


class SettingsError(Exception):
    """A setting is missing or useless; the message names it and the fix."""


@dataclass(frozen=True)
class Settings:
    """Address and token of the account API, and where this server listens."""

    accounts_url: str
    accounts_token: str
    host: str
    port: int

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read HELPBOT_ACCOUNTS_URL, HELPBOT_ACCOUNTS_TOKEN, HELPBOT_ACTIONS_HOST and _PORT.

        Raises SettingsError. There is no default token: `make up` makes one.
        """
        token = os.environ.get("HELPBOT_ACCOUNTS_TOKEN", "")
        if len(token) < 20:
            raise SettingsError(
                "HELPBOT_ACCOUNTS_TOKEN is missing or shorter than 20 characters; "
                "run `make up`, which writes it to var/secrets.env"
            )
        url = os.environ.get("HELPBOT_ACCOUNTS_URL", "http://127.0.0.1:8010")
        host = os.environ.get("HELPBOT_ACTIONS_HOST", "127.0.0.1")
        return cls(url, token, host, int(os.environ.get("HELPBOT_ACTIONS_PORT", "5055")))
