"""The demo persons, from `data/demo_persons.yml` into the accounts table."""

from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.accounts.models import Account
from api.accounts.repository import AccountRepository
from api.kit.database import Database

PERSONS = Path(__file__).resolve().parents[2] / "data" / "demo_persons.yml"


class _Person(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z_]{1,64}$")
    label: str = Field(max_length=100)
    stays_locked: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sample_word: str = Field(min_length=1)
    persons: list[_Person]

    @model_validator(mode="after")
    def _every_label_says_sample(self) -> Self:
        if not all(self.sample_word in person.label for person in self.persons):
            raise ValueError("a label does not say that it is a sample")
        return self


def load_persons(path: Path = PERSONS) -> list[Account]:
    """Return the persons of the file; their place in it is their place in the form."""
    persons = _File.model_validate(yaml.safe_load(path.read_text("utf-8"))).persons
    return [Account(position=place, **row.model_dump()) for place, row in enumerate(persons)]


async def seed(database: Database, persons: list[Account]) -> None:
    """Write the persons. A second time changes nothing but what the file changed."""
    async with database.transaction() as session:
        accounts = AccountRepository(session)
        for person in persons:
            await accounts.put_account(person)
