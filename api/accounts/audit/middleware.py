"""Writes the row before the answer leaves."""

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.accounts.audit.repository import AuditRepository
from api.accounts.models import AuditRow
from api.kit.clock import Clock
from api.kit.database import Database

_NOT_COUNTED = "/healthz"
_log = structlog.get_logger()


class Audit:
    """Plain ASGI middleware. A row that cannot be written is missed in the log, aloud."""

    def __init__(self, app: ASGIApp, database: Database, clock: Clock) -> None:
        self._app, self._database, self._clock = app, database, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record each HTTP answer but those of the probe."""

        async def recorded(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._record(scope, message["status"])
            await send(message)

        counted = scope["type"] == "http" and scope["path"] != _NOT_COUNTED
        await self._app(scope, receive, recorded if counted else send)

    async def _record(self, scope: Scope, status: int) -> None:
        """Write the address's pattern, `/v1/handles/{handle}/lockout`: never the handle."""
        pattern = getattr(scope.get("route"), "path", "unknown")
        row = AuditRow(at=self._clock(), call=f"{scope['method'][:8]} {pattern}", status=status)
        _log.info("called", call=row.call, status=status)
        try:
            async with self._database.transaction("audit") as session:
                await AuditRepository(session).add(row)
        except SQLAlchemyError as error:
            _log.error("audit_lost", call=row.call, detail=type(error).__name__)
