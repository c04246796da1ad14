"""Post an answer, once; show links that are for one person to that person alone."""

from typing import Any, Protocol

import structlog

from api.channels.contract import Parcel
from api.channels.slack.render import fallback, render, render_private
from api.chat.outbox.delivery import Delivered, Refused, TryAgain

POSTED = "post"

_log = structlog.get_logger()
Blocks = list[dict[str, Any]]


class Api(Protocol):
    """The calls of Slack's API that deliver. All raise TryAgain and Refused."""

    async def post(self, channel: str, thread: str, text: str, blocks: Blocks, mark: str) -> None:
        """Post under `mark`."""
        ...

    async def has(self, channel: str, thread: str, mark: str) -> bool:
        """Say whether a post with `mark` is there."""
        ...

    async def show_alone(
        self, channel: str, thread: str, user: str, text: str, blocks: Blocks
    ) -> None:
        """Show something to one person only."""
        ...

    async def replace(self, channel: str, shown: str, text: str, blocks: Blocks) -> None:
        """Put something else in the place of a post."""
        ...


class SlackSender:
    """A `Sender` (api/channels/contract.py)."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def send(self, parcel: Parcel) -> Delivered:
        """See Sender.send.

        Slack knows no idempotency key. So every post bears a mark, and where an earlier try may
        have gone through we look for it first.
        """
        channel, thread = parcel.address["channel"], parcel.address["thread"]
        text = fallback(parcel.replies)
        await self._replace_buttons(parcel, channel)
        if not (parcel.begun and await self._api.has(channel, thread, parcel.message_id)):
            blocks = render(parcel.replies)
            await self._api.post(channel, thread, text, blocks, parcel.message_id)
        private = render_private(parcel.replies)
        user = parcel.way_back.get("user") or parcel.address["user"]
        if private:
            await self._api.show_alone(channel, thread, user, text, private)
        return Delivered(POSTED)

    async def _replace_buttons(self, parcel: Parcel, channel: str) -> None:
        """Put the choice in place of the buttons, so that nobody taps them again."""
        shown, label = parcel.way_back.get("shown"), parcel.way_back.get("label") or parcel.label
        if not shown or not (parcel.chosen or parcel.way_back.get("label")):
            return
        text = fallback(parcel.chosen) or label
        try:
            await self._api.replace(channel, shown, text, render(parcel.chosen, chosen=label))
        except (TryAgain, Refused) as error:
            # The answer matters more than old buttons.
            _log.warning("buttons_stay", message=parcel.message_id, detail=str(error))
