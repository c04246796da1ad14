"""Lets no answer out early: how long a look-up took does not tell what was found."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.kit.pace import at_least

# Two or three times what any of the calls takes, its audit row's fsync included.
PACE_SECONDS = 0.15
_PACED = ("/v1/verifications", "/v1/handles/", "/v1/logins")


class Paced:
    """Plain ASGI middleware, outside of the audit, whose row takes time as well."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the answers of the calls that look a person up."""
        if scope["type"] != "http" or not scope["path"].startswith(_PACED):
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        async with at_least(PACE_SECONDS):
            await self._app(scope, receive, hold)
        for message in held:
            await send(message)
