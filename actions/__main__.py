"""Run the action server, on loopback: it has no authentication of its own.

Only in a container of its own, on a network without a way out, may it be another address.
"""

import sys

from rasa_sdk.endpoint import create_app

from actions.settings import Settings, SettingsError


def main() -> None:
    """Serve until stopped; exit 2 with one sentence when a setting is wrong."""
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        sys.exit(f"actions: {error}")
    create_app("actions", cors_origins=None).run(settings.host, settings.port, access_log=False)


if __name__ == "__main__":
    main()
