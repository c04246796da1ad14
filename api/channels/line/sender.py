"""Answer by the free reply token; push only where that is gone."""

import uuid
from datetime import timedelta
from typing import Any, Protocol

import structlog

from api.channels.contract import Parcel
from api.channels.line.render import render
from api.chat.outbox.delivery import Delivered, Instead

# LINE promises a minute from the webhook on and may shorten that.
TOKEN_LIFE = timedelta(seconds=50)
# Nor is the token of an event good that LINE delivers later than this.
EVENT_LIFE = timedelta(minutes=19)
REPLIED, PUSHED, ON_PAGE = "reply", "push", "page"
_KEYS = uuid.UUID("5b0d0f4e-6a39-4f43-9d0f-0d8f3b0f8a11")

_log = structlog.get_logger()


class Api(Protocol):
    """The two calls of LINE's API that deliver. Both raise TryAgain and Refused."""

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> bool:
        """Answer by the token; False when it is gone."""
        ...

    async def push(self, to: str, messages: list[dict[str, Any]], retry_key: str) -> None:
        """Send unasked; once for each key."""
        ...


class LineSender:
    """A `Sender` (api/channels/contract.py)."""

    def __init__(self, api: Api, elsewhere: str) -> None:
        """`elsewhere` stands in groups in place of what is for one person alone."""
        self._api, self._elsewhere = api, elsewhere

    async def send(self, parcel: Parcel) -> Delivered:
        """See Sender.send. All messages go in one call.

        A reply cannot be sent twice under one token. So where an earlier try may have gone through,
        the same token is tried again while it lives: "gone" then means that it did go through.
        """
        in_public = parcel.address.get("in") == "group"
        messages = render(parcel.replies, in_public=in_public, elsewhere=self._elsewhere)
        token = parcel.way_back.get("token")
        if not token:
            # What nobody wrote in LINE (a check on the form's page) was shown on that page;
            # 「LINEに戻る」 writes, and is answered by its own token.
            return Delivered(ON_PAGE)
        if parcel.way == PUSHED:
            return await self._push(parcel, messages)
        if parcel.age >= TOKEN_LIFE or parcel.sent >= EVENT_LIFE:
            raise Instead(PUSHED, doubtful=parcel.begun)
        if await self._api.reply(token, messages) or parcel.begun:
            return Delivered(REPLIED)
        raise Instead(PUSHED, doubtful=False)

    async def _push(self, parcel: Parcel, messages: list[dict[str, Any]]) -> Delivered:
        """Push under a key that is the same for every try, so that tries never add up."""
        retry_key = str(uuid.uuid5(_KEYS, parcel.message_id))
        await self._api.push(parcel.address["to"], messages, retry_key)
        _log.info("pushed", message=parcel.message_id)
        return Delivered(PUSHED, doubtful=parcel.doubtful)
