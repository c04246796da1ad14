"""Put the parts of the console together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.chat.bell import Bell
from api.chat.conversations.service import ConversationService
from api.chat.handover.service import Handovers
from api.chat.handover.speaking import Speaking
from api.chat.notices.board import NoticeBoard
from api.chat.rendering import Renderer
from api.content.catalogue import DATA, Catalogue
from api.content.hours import OpeningHours
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.sentences import load_sentences
from api.review.answers.overlay import Overlay
from api.review.answers.service import AnswerService
from api.review.answers.showing import Showing
from api.review.audit.service import AuditService
from api.review.conversations.live import Live
from api.review.conversations.service import ReadingService
from api.review.dashboard.service import DashboardService
from api.review.digests.service import Digests
from api.review.export.service import ExportService
from api.review.guests.links import GuestLinks
from api.review.guests.process import GuestModel
from api.review.guests.service import GuestService
from api.review.naming import Naming
from api.review.notices.service import NoticeService
from api.review.pages import StaffPages
from api.review.queue.service import QueueService
from api.review.staff.factor import SecondFactor
from api.review.staff.members import MemberService
from api.review.staff.service import SignInService
from api.review.takeover.alerts import NoAlerts, SlackAlerts
from api.review.takeover.service import TakeoverService
from api.review.teaching.registry import ModelRegistry
from api.review.teaching.servers import ModelServers
from api.review.teaching.service import TeachingService
from api.review.teaching.trainer import ProcessTrainer
from api.review.unanswered.service import UnansweredService
from api.settings import Settings

Step = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Ground:
    """What of the gateway the console stands on. What is only read is read from `replica`."""

    settings: Settings
    database: Database
    replica: Database
    catalogue: Catalogue
    clock: Clock
    bell: Bell
    conversations: ConversationService
    http: httpx.AsyncClient
    board: NoticeBoard
    handovers: Handovers
    renderer: Renderer


@dataclass(frozen=True)
class Review:
    """Everything a page of the console may need."""

    pages: StaffPages
    names: Naming
    audit: AuditService
    sign_in: SignInService
    members: MemberService
    topics: Sequence[tuple[str, str]]
    digests: Digests
    reading: ReadingService
    live: Live
    queue: QueueService
    teaching: TeachingService
    models: ModelRegistry
    guests: GuestService
    notices: NoticeService
    answers: AnswerService
    showing: Showing
    overlay: Overlay
    takeover: TakeoverService
    unanswered: UnansweredService
    dashboard: DashboardService
    export: ExportService
    clock: Clock

    def everywhere(self) -> list[Step]:
        """Return what each process has to do again and again, with workers or without."""
        return [self.notices.step, self.overlay.step, self.guests.model.step]

    def steps(self) -> list[Step]:
        """Return what has to be done again and again beside the workers."""
        return [self.digests.step, self.models.step, self.takeover.step]


def wire_review(ground: Ground) -> Review:
    """Build the console's services on the gateway's."""
    settings, database, clock = ground.settings, ground.database, ground.clock
    catalogue = ground.catalogue
    audit = AuditService(database, clock)
    factor = SecondFactor(settings.link_secret.get_secret_value())
    topics = frozenset(name for name, _ in _topics(catalogue))
    overlay = Overlay(database, catalogue, clock)
    names = Naming(_words(), _titles(catalogue))
    return Review(
        pages=StaffPages(_words(), _titles(catalogue)),
        names=names,
        audit=audit,
        sign_in=SignInService(database, factor, audit, clock),
        members=MemberService(database, factor, audit, clock),
        topics=_topics(catalogue),
        digests=Digests(database, clock, ground.bell),
        reading=ReadingService(ground.replica, ground.conversations, audit),
        live=Live(ground.replica, ground.bell),
        queue=QueueService(database, audit, clock, topics),
        teaching=TeachingService(database, audit, clock, topics),
        models=_registry(ground, audit),
        guests=_guests(ground, audit),
        notices=NoticeService(database, ground.board, audit, clock),
        answers=AnswerService(database, catalogue, overlay, audit, clock),
        showing=Showing(ground.renderer, catalogue, names, clock),
        overlay=overlay,
        takeover=_takeover(ground, audit),
        unanswered=UnansweredService(ground.replica, audit, clock, topics),
        dashboard=DashboardService(ground.replica, clock, names, catalogue),
        export=ExportService(ground.replica, audit, names),
        clock=clock,
    )


def _registry(ground: Ground, audit: AuditService) -> ModelRegistry:
    settings = ground.settings
    token = settings.rasa_token.get_secret_value()
    urls = settings.rasa_urls if settings.engine == "rasa" else []
    servers, base = ModelServers(ground.http, urls, token), Path(settings.model).name
    return ModelRegistry(ground.database, servers, ProcessTrainer(), audit, ground.clock, base)


def _guests(ground: Ground, audit: AuditService) -> GuestService:
    settings, clock = ground.settings, ground.clock
    links = GuestLinks(settings.link_secret.get_secret_value(), settings.public_url, clock)
    return GuestService(ground.database, links, GuestModel(clock), ground.renderer, audit, clock)


def _takeover(ground: Ground, audit: AuditService) -> TakeoverService:
    told = ground.settings.slack_staff_channel
    service = TakeoverService(
        ground.database,
        Speaking(ground.renderer),
        OpeningHours(ground.settings.opening_hours),
        _slack(ground) if told else NoAlerts(),
        audit,
        ground.clock,
        ground.bell,
    )
    ground.handovers.available = service.available
    return service


def _slack(ground: Ground) -> SlackAlerts:
    settings = ground.settings
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    words = _words()
    waiting = f"{words['slack_waiting']} {settings.public_url}/staff/takeover"
    return SlackAlerts(
        ground.http, settings.slack_api_base, token, settings.slack_staff_channel,
        waiting, words["slack_urgent"],
    )  # fmt: skip


def _words() -> Mapping[str, str]:
    return load_sentences(DATA / "answers" / "interface" / "staff.yml")


def _topics(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return each topic with its title, as people pick from a list."""
    entries = [(name, answer.entry) for name, answer in catalogue.answers.items()]
    return [(name, entry.title) for name, entry in entries if name == entry.topic]


def _titles(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: answer.entry.title for name, answer in catalogue.answers.items()}
