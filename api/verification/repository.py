"""Queries on verifications."""

from datetime import datetime

from sqlalchemy import select, update
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
        """Return the verification of a link that has neither been used nor run out."""
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

    async def use(self, verification: Verification, now: datetime) -> bool:
        """Use it up; say whether it was still to be had (two tabs may try at once)."""
        query = (
            update(Verification)
            .where(Verification.id == verification.id, Verification.used_at.is_(None))
            .values(used_at=now)
            .execution_options(synchronize_session=False)
        )
        used: int = (await self._session.execute(query)).rowcount  # type: ignore[attr-defined]
        return used == 1
