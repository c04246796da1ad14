"""All queries of the account API."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import Account, Base, Challenge, Handle, Maintenance, Resend, Tries


class AccountRepository:
    """Finds and stores; knows no rules and never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def demo_persons(self) -> Sequence[Account]:
        """Return every account in the order of the form."""
        return (await self._session.scalars(select(Account).order_by(Account.position))).all()

    async def account(self, account_id: str) -> Account | None:
        """Return the account of that id."""
        return await self._session.get(Account, account_id)

    async def put_account(self, account: Account) -> None:
        """Insert or update; attributes that `account` does not set keep their stored value."""
        await self._session.merge(account)

    async def handle(self, digest: str) -> Handle | None:
        """Return the handle whose secret has that digest, whatever its age."""
        return await self._session.get(Handle, digest)

    async def add(self, row: Base) -> None:
        """Store a new row; flushed, so that a second one of the same key fails here."""
        self._session.add(row)
        await self._session.flush()

    async def delete_expired_at(self, moment: datetime) -> None:
        """Forget the handles and challenges that are no good any more."""
        await self._session.execute(delete(Handle).where(Handle.expires_at <= moment))
        await self._session.execute(delete(Challenge).where(Challenge.expires_at <= moment))

    async def tries(self, account_id: str, client: str) -> Tries | None:
        """Return the count of one browser at one account."""
        return await self._session.get(Tries, (account_id, client))

    async def challenge(self, digest: str) -> Challenge | None:
        """Return the login whose id has that digest, whatever its age."""
        return await self._session.get(Challenge, digest)

    async def open_challenge(self, account_id: str, moment: datetime) -> Challenge | None:
        """Return the account's latest login that still waits for its code."""
        query = select(Challenge).where(
            Challenge.account_id == account_id, Challenge.expires_at > moment
        )
        return (await self._session.scalars(query.order_by(Challenge.opened_at.desc()))).first()

    async def drop(self, row: Base) -> None:
        """Delete a row."""
        await self._session.delete(row)

    async def resend(self, key_digest: str) -> Resend | None:
        """Return the wish that came with that key before."""
        return await self._session.get(Resend, key_digest)

    async def sent_since(self, account_id: str, moment: datetime) -> int:
        """Return how many codes were sent again to an account after `moment`."""
        query = select(func.count()).where(
            Resend.account_id == account_id, Resend.sent, Resend.at > moment
        )
        return await self._session.scalar(query) or 0

    async def maintenance_at(self, moment: datetime) -> Maintenance | None:
        """Return the maintenance under way at `moment`, the longest where several are."""
        running = select(Maintenance).where(
            Maintenance.starts_at <= moment,
            or_(Maintenance.ends_at.is_(None), Maintenance.ends_at > moment),
        )
        longest_first = running.order_by(Maintenance.ends_at.desc().nulls_first()).limit(1)
        return (await self._session.scalars(longest_first)).first()
