"""The demo persons' rows: who there is and who stays locked, nothing else of them."""

from api.accounts.directory import Person, read_persons
from api.accounts.models import Account
from api.accounts.repository import AccountRepository
from api.kit.database import Database


def load_persons() -> list[Account]:
    """Return the rows of the file's persons."""
    return [_row(place, person) for place, person in enumerate(read_persons())]


def _row(place: int, person: Person) -> Account:
    return Account(
        id=person.id, label=person.label, position=place, stays_locked=person.stays_locked
    )


async def seed(database: Database, persons: list[Account]) -> None:
    """Write the persons. A second time changes nothing but what the file changed."""
    async with database.transaction() as session:
        accounts = AccountRepository(session)
        for person in persons:
            await accounts.put_account(person)
