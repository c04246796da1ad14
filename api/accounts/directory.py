"""Who the demo persons are: read from `data/demo_persons.yml`, held in memory, in no table."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

PERSONS = Path(__file__).resolve().parents[2] / "data" / "demo_persons.yml"
Registration = Literal["online", "full", "expired", "employer"]


class Person(BaseModel):
    """A row of the file. `mail` is the login id too; `number` a made-up job-seeker number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z_]{1,64}$")
    label: str = Field(max_length=100)
    mail: str
    number: str
    registration: Registration
    stays_locked: bool = False
    awaits_code: bool = False
    mail_works: bool = True


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sample_word: str = Field(min_length=1)
    persons: list[Person]

    @model_validator(mode="after")
    def _every_label_says_sample(self) -> Self:
        if not all(self.sample_word in person.label for person in self.persons):
            raise ValueError("a label does not say that it is a sample")
        return self


def read_persons(path: Path = PERSONS) -> list[Person]:
    """Return the persons of the file; their place in it is their place in the form."""
    return _File.model_validate(yaml.safe_load(path.read_text("utf-8"))).persons


@dataclass(frozen=True)
class Match:
    """Whose address it is, and whether the number beside it was theirs; None for nobody's."""

    person: Person | None
    number_fits: bool


class Directory:
    """Finds persons by what they say of themselves, with the same work for everybody."""

    def __init__(self, persons: list[Person], key: str) -> None:
        """`key` is a secret of this process: what is compared are keyed digests."""
        self._key = key.encode()
        self.persons = {person.id: person for person in persons}
        self._by_mail = {self._digest(fold_mail(person.mail)): person for person in persons}

    def match(self, mail: str, number: str) -> Match:
        """Compare an address and a number, spellings folded, with everybody's."""
        person = self._by_mail.get(self._digest(fold_mail(mail)))
        expected = fold_number(person.number) if person else "0" * 13
        fits = hmac.compare_digest(self._digest(fold_number(number)), self._digest(expected))
        return Match(person, fits and person is not None)

    def password_of(self, person: Person) -> str:
        """Return the mock's password: worked out from the secret, so that no file holds one."""
        return self._digest(f"password:{person.id}")[:20]

    def login(self, login_id: str, password: str) -> Match:
        """Say whose login id it is and whether the password is theirs."""
        person = self._by_mail.get(self._digest(fold_mail(login_id)))
        expected = self.password_of(person) if person else self._digest("nobody")[:20]
        fits = hmac.compare_digest(password.encode(), expected.encode())
        return Match(person, fits and person is not None)

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def fold_mail(mail: str) -> str:
    """Return an address as it is compared: half width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", mail).split()).casefold()


def fold_number(number: str) -> str:
    """Return the digits of a number, whatever stands between them."""
    return "".join(char for char in unicodedata.normalize("NFKC", number) if char.isdecimal())
