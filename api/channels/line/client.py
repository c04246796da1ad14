"""LINE's API through its own SDK, with every way it can fail told apart."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any

import aiohttp

from api.chat.outbox.delivery import Refused, TryAgain

_TIMEOUT_SECONDS = 5.0
_LOADING_SECONDS = 10
# An operator can mend these: a wrong token, a quota used up. The message waits for that.
_OPERATOR = frozenset({401, 403, 429})
_ACCEPTED_BEFORE, _BAD_REQUEST = 409, 400

Messages = list[dict[str, Any]]


class LineClient:
    """Three calls. All raise TryAgain and Refused (api/chat/outbox/delivery.py)."""

    def __init__(self, access_token: str, base: str) -> None:
        self._access_token, self._base = access_token, base
        self._sdk: Any = None
        self._api: Any = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep the connections open while the block runs; they belong to its event loop."""
        # Thirty-five megabytes, and half a second of the start, for those alone who send.
        self._sdk = import_module("linebot.v3.messaging")
        configuration = self._sdk.Configuration(access_token=self._access_token, host=self._base)
        async with self._sdk.AsyncApiClient(configuration) as client:
            self._api = self._sdk.AsyncMessagingApi(client)
            yield

    async def reply(self, token: str, messages: Messages) -> bool:
        """Answer an event, for nothing. False when the token is gone: LINE does not say whether
        it has been used or has run out.
        """
        request = self._sdk.ReplyMessageRequest.from_dict(
            {"replyToken": token, "messages": messages}
        )
        try:
            await self._call(self._api.reply_message, request)
        except self._sdk.ApiException as error:
            if error.status == _BAD_REQUEST and "reply token" in str(error.body).lower():
                return False
            raise Refused(f"reply: {error.status}") from None
        return True

    async def push(self, to: str, messages: Messages, retry_key: str) -> None:
        """Send something unasked, which costs; with the same key it is sent once."""
        request = self._sdk.PushMessageRequest.from_dict({"to": to, "messages": messages})
        try:
            await self._call(self._api.push_message, request, x_line_retry_key=retry_key)
        except self._sdk.ApiException as error:
            if error.status != _ACCEPTED_BEFORE:
                raise Refused(f"push: {error.status}") from None

    async def show_loading(self, chat_id: str) -> None:
        """Show that an answer is on its way; it goes when the answer comes."""
        request = self._sdk.ShowLoadingAnimationRequest.from_dict(
            {"chatId": chat_id, "loadingSeconds": _LOADING_SECONDS}
        )
        try:
            await self._call(self._api.show_loading_animation, request)
        except self._sdk.ApiException as error:
            raise Refused(f"loading: {error.status}") from None

    async def _call(self, call: Callable[..., Awaitable[Any]], *content: Any, **more: Any) -> None:
        try:
            await asyncio.wait_for(call(*content, **more), _TIMEOUT_SECONDS)
        except self._sdk.ApiException as error:
            if error.status in _OPERATOR:
                raise TryAgain(f"status {error.status}", after=_wait(error)) from None
            if error.status is None or error.status >= 500:
                raise TryAgain(f"status {error.status}", taken=True) from None
            raise
        except aiohttp.ClientConnectorError as error:
            # No connection, so LINE cannot have it.
            raise TryAgain(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryAgain(type(error).__name__, taken=True) from None


def _wait(error: Any) -> timedelta | None:
    seconds = str((error.headers or {}).get("Retry-After", ""))
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() else None
