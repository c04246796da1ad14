"""Queries on verifications."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation
from api.verification.models import Verification


class VerificationRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, verification: Verification) -> None:
        """Write `verification`; flushed, so that what refers to it may follow."""
        self._session.add(verification)
        await self._session.flush()

    async def usable(self, token_digest: str, now: datetime) -> Verification | None:
        """Return the verification of a link that has neither been used nor run out.

        A link names no conversation: this goes over all, once a page of the form.
        """
        query = select(Verification).where(
            Verification.token_digest == token_digest,
            Verification.used_at.is_(None),
            Verification.expires_at > now,
        )
        return (await self._session.scalars(query)).one_or_none()

    async def channel(self, token_digest: str) -> str:
        """Return the channel of a link's conversation, empty where there is none."""
        query = (
            select(Conversation.channel)
            .join(Verification, Verification.conversation_id == Conversation.id)
            .where(Verification.token_digest == token_digest)
        )
        return await self._session.scalar(query) or ""

    async def extend(self, verification: Verification, until: datetime) -> None:
        """Let it be good until then, and count that."""
        await self._session.execute(
            update(Verification)
            .where(*_unused(verification))
            .values(expires_at=until, extensions=Verification.extensions + 1)
            .execution_options(synchronize_session=False)
        )

    async def used_since(
        self, column: str, value: str, purpose: str, moment: datetime
    ) -> Sequence[datetime]:
        """Return when links of that browser or conversation were used, in order."""
        owner = {
            "browser": Verification.browser,
            "conversation_id": Verification.conversation_id,
        }[column]
        query = select(Verification.used_at).where(
            owner == value, Verification.purpose == purpose, Verification.used_at > moment
        )
        times = (await self._session.scalars(query.order_by(Verification.used_at))).all()
        return [each for each in times if each is not None]

    async def use(self, verification: Verification, browser: str, now: datetime) -> bool:
        """Use it up; say whether it was still to be had (two tabs may try at once)."""
        query = (
            update(Verification)
            .where(*_unused(verification))
            .values(used_at=now, browser=browser)
            .execution_options(synchronize_session=False)
        )
        used: int = (await self._session.execute(query)).rowcount  # type: ignore[attr-defined]
        return used == 1


def _unused(verification: Verification) -> tuple[ColumnElement[bool], ...]:
    return (
        Verification.conversation_id == verification.conversation_id,
        Verification.id == verification.id,
        Verification.used_at.is_(None),
    )
