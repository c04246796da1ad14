"""All queries of the account API."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import Account, Handle, Maintenance


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

    def add_handle(self, handle: Handle) -> None:
        """Store a new handle."""
        self._session.add(handle)

    async def delete_handles_expired_at(self, moment: datetime) -> None:
        """Forget the handles that are no good any more."""
        await self._session.execute(delete(Handle).where(Handle.expires_at <= moment))

    async def maintenance_at(self, moment: datetime) -> Maintenance | None:
        """Return the maintenance under way at `moment`, the longest where several are."""
        running = select(Maintenance).where(
            Maintenance.starts_at <= moment,
            or_(Maintenance.ends_at.is_(None), Maintenance.ends_at > moment),
        )
        longest_first = running.order_by(Maintenance.ends_at.desc().nulls_first()).limit(1)
        return (await self._session.scalars(longest_first)).first()
