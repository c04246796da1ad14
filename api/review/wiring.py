"""Put the parts of the console together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from api.chat.bell import Bell
from api.chat.conversations.service import ConversationService
from api.content.catalogue import DATA, Catalogue
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.sentences import load_sentences
from api.review.audit.service import AuditService
from api.review.conversations.live import Live
from api.review.conversations.service import ReadingService
from api.review.digests.service import Digests
from api.review.pages import StaffPages
from api.review.staff.factor import SecondFactor
from api.review.staff.members import MemberService
from api.review.staff.service import SignInService
from api.settings import Settings

Step = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Ground:
    """What of the gateway the console stands on."""

    settings: Settings
    database: Database
    catalogue: Catalogue
    clock: Clock
    bell: Bell
    conversations: ConversationService


@dataclass(frozen=True)
class Review:
    """Everything a page of the console may need."""

    pages: StaffPages
    audit: AuditService
    sign_in: SignInService
    members: MemberService
    topics: Sequence[tuple[str, str]]
    digests: Digests
    reading: ReadingService
    live: Live

    def steps(self) -> list[Step]:
        """Return what has to be done again and again beside the workers."""
        return [self.digests.step]


def wire_review(ground: Ground) -> Review:
    """Build the console's services on the gateway's."""
    settings, database, clock = ground.settings, ground.database, ground.clock
    catalogue = ground.catalogue
    audit = AuditService(database, clock)
    factor = SecondFactor(settings.link_secret.get_secret_value())
    return Review(
        pages=StaffPages(_words(), _titles(catalogue)),
        audit=audit,
        sign_in=SignInService(database, factor, audit, clock),
        members=MemberService(database, factor, audit, clock),
        topics=_topics(catalogue),
        digests=Digests(database, clock, ground.bell),
        reading=ReadingService(database, ground.conversations, audit),
        live=Live(database, ground.bell),
    )


def _words() -> Mapping[str, str]:
    return load_sentences(DATA / "answers" / "interface" / "staff.yml")


def _topics(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return each topic with its title, as people pick from a list."""
    entries = [(name, answer.entry) for name, answer in catalogue.answers.items()]
    return [(name, entry.title) for name, entry in entries if name == entry.topic]


def _titles(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: answer.entry.title for name, answer in catalogue.answers.items()}
