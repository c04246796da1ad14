"""Put the parts of the console together."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.content.catalogue import DATA, Catalogue
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.sentences import load_sentences
from api.review.audit.service import AuditService
from api.review.pages import StaffPages
from api.review.staff.factor import SecondFactor
from api.review.staff.members import MemberService
from api.review.staff.service import SignInService
from api.settings import Settings


@dataclass(frozen=True)
class Review:
    """Everything a page of the console may need."""

    pages: StaffPages
    audit: AuditService
    sign_in: SignInService
    members: MemberService


def wire_review(
    settings: Settings, database: Database, catalogue: Catalogue, clock: Clock
) -> Review:
    """Build the console's services on the gateway's database and clock."""
    audit = AuditService(database, clock)
    factor = SecondFactor(settings.link_secret.get_secret_value())
    return Review(
        pages=StaffPages(_words(), _titles(catalogue)),
        audit=audit,
        sign_in=SignInService(database, factor, audit, clock),
        members=MemberService(database, factor, audit, clock),
    )


def _words() -> Mapping[str, str]:
    return load_sentences(DATA / "answers" / "interface" / "staff.yml")


def _titles(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: answer.entry.title for name, answer in catalogue.answers.items()}
