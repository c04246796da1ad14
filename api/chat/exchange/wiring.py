"""Choose how processes hear of each other: as their database allows."""

from pathlib import Path

from api.chat.bell import Bell
from api.chat.exchange.postgres import PostgresExchange
from api.chat.exchange.protocol import Exchange
from api.chat.exchange.sockets import SocketExchange
from api.kit.database import Database


def wire_exchange(database: Database, bell: Bell) -> Exchange:
    """Return LISTEN and NOTIFY, or sockets beside the file."""
    if database.shared:
        return PostgresExchange(database.address, bell)
    return SocketExchange(Path(database.engine.url.database or ""), bell)
