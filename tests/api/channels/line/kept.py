"""What the gateway's tables keep, as bytes."""

from pathlib import Path

from tests.api.channels.conftest import Bot


def kept(bot: Bot) -> bytes:
    """Return all bytes of the database's files."""
    place = Path(bot.services.settings.database_url.removeprefix("sqlite+aiosqlite:///"))
    return b"".join(path.read_bytes() for path in place.parent.glob(place.name + "*"))
