"""Slack's API through its own SDK, with every way it can fail told apart."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from api.chat.outbox.delivery import Refused, TryAgain

_TIMEOUT_SECONDS = 5
_METADATA = "helpbot_reply"
_LOOKED_AT = 50
# What an operator can mend; the message waits for that.
_OPERATOR = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "missing_scope"}
)
_TRY_AGAIN = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable"})


class SlackClient:
    """The calls that deliver. All raise TryAgain and Refused (api/chat/outbox/delivery.py)."""

    def __init__(self, token: str, base: str) -> None:
        base = base.rstrip("/") + "/"
        # Left alone, the SDK posts a second time where the connection broke after the first.
        self._web = AsyncWebClient(
            token=token, base_url=base, timeout=_TIMEOUT_SECONDS, retry_handlers=[]
        )

    async def post(
        self, channel: str, thread: str, text: str, blocks: list[dict[str, Any]], mark: str
    ) -> None:
        """Post under `mark`, by which the post can be found again."""
        metadata = {"event_type": _METADATA, "event_payload": {"message": mark}}
        call = self._web.chat_postMessage(
            channel=channel,
            thread_ts=thread or None,
            text=text,
            blocks=blocks,
            metadata=metadata,
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        await _done(call)

    async def has(self, channel: str, thread: str, mark: str) -> bool:
        """Say whether a post with `mark` stands among the latest of the thread or channel."""
        common: Any = {"channel": channel, "limit": _LOOKED_AT, "include_all_metadata": True}
        if thread:
            found = await _done(self._web.conversations_replies(ts=thread, **common))
        else:
            found = await _done(self._web.conversations_history(**common))
        marks = [(each.get("metadata") or {}).get("event_payload") for each in found["messages"]]
        return {"message": mark} in marks

    async def show_alone(
        self, channel: str, thread: str, user: str, text: str, blocks: list[dict[str, Any]]
    ) -> None:
        """Show something to one person only."""
        call = self._web.chat_postEphemeral(
            channel=channel, user=user, thread_ts=thread or None, text=text, blocks=blocks
        )
        await _done(call)

    async def replace(
        self, channel: str, shown: str, text: str, blocks: list[dict[str, Any]]
    ) -> None:
        """Put something else in the place of a post."""
        await _done(self._web.chat_update(channel=channel, ts=shown, text=text, blocks=blocks))


async def _done(call: Awaitable[Any]) -> Any:
    try:
        return await call
    except SlackApiError as error:
        raise _sorted(error) from None
    except aiohttp.ClientConnectorError as error:
        raise TryAgain(type(error).__name__) from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TryAgain(type(error).__name__, taken=True) from None


def _sorted(error: SlackApiError) -> Exception:
    response: Any = error.response
    code, status = str(response.get("error", "")), int(response.status_code)
    seconds = str(response.headers.get("Retry-After", ""))
    if status == 429 or code == "ratelimited":
        after = timedelta(seconds=int(seconds)) if seconds.isdecimal() else None
        return TryAgain("ratelimited", after=after)
    if status >= 500 or code in _TRY_AGAIN:
        return TryAgain(code or f"status {status}", taken=True)
    return TryAgain(code) if code in _OPERATOR else Refused(code)
