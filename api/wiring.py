"""Put the parts together, once a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import Request

from api.channels.contract import Channel, House, Link
from api.channels.parcels import Parcels
from api.channels.platforms import Platforms, connect
from api.channels.web.delivery import WebDelivery
from api.channels.web.events import Events
from api.channels.web.render import DerivedLink, WebRenderer
from api.channels.web.service import Waiting
from api.chat.answering.at_once import AtOnce
from api.chat.answering.composing import Composer
from api.chat.answering.hearing import Hearing
from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.answering.worker import Worker
from api.chat.bell import Bell
from api.chat.conversations.service import ConversationService
from api.chat.engine.wiring import Engines, wire_engines
from api.chat.exchange.protocol import Exchange
from api.chat.exchange.wiring import wire_exchange
from api.chat.feedback.service import FeedbackService
from api.chat.handover.service import Handovers
from api.chat.inbox.service import InboxService
from api.chat.notices.board import NoticeBoard
from api.chat.outbox.relay import Relay
from api.chat.rendering import Renderer
from api.content.catalogue import DATA, Catalogue, load_catalogue
from api.content.hours import OpeningHours
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.outgoing import Outgoing
from api.kit.sealing import Seal
from api.kit.sentences import load_sentences
from api.memo.links import MemoLinks
from api.memo.service import MemoService
from api.ops.masking import CountedMask
from api.ops.meter import Meter
from api.ops.metrics import Metrics
from api.pages.templating import Pages
from api.privacy.erasure.ledger import Ledger
from api.privacy.erasure.service import ErasureService
from api.privacy.masking import mask
from api.privacy.retention.service import RetentionService
from api.review.wiring import Ground, Review, wire_review
from api.settings import Settings
from api.verification.accounts_client import AccountsClient
from api.verification.links import Links
from api.verification.offers import VerificationOffers
from api.verification.passes import Passes
from api.verification.private import PrivateAnswers
from api.verification.service import VerificationService
from api.widget.files import WidgetFiles
from api.widget.plain.service import PlainChat

_INTERFACE = DATA / "answers" / "interface"


def read_sentences() -> dict[str, str]:
    """Return all words that belong to no answer: of errors and of pages."""
    return {
        **load_sentences(_INTERFACE / "errors.yml"),
        **load_sentences(_INTERFACE / "web.yml"),
        **load_sentences(_INTERFACE / "channels.yml"),
        **load_sentences(_INTERFACE / "widget.yml"),
    }


@dataclass(frozen=True)
class Services:
    """Everything an endpoint or a background task may need."""

    settings: Settings
    clock: Clock
    database: Database
    replica: Database
    catalogue: Catalogue
    sentences: Mapping[str, str]
    pages: Pages
    engines: Engines
    conversations: ConversationService
    inbox: InboxService
    waiting: Waiting
    web: WebRenderer
    events: Events
    feedback: FeedbackService
    erasure: ErasureService
    retention: RetentionService
    verification: VerificationService
    links: Links
    passes: Passes
    private: PrivateAnswers
    memo: MemoService
    widget: WidgetFiles
    plain: PlainChat
    worker: Worker
    at_once: AtOnce
    relay: Relay
    review: Review
    platforms: Platforms
    exchange: Exchange
    metrics: Metrics


def services_of(request: Request) -> Services:
    """Return the process's services."""
    wired: Services = request.app.state.services
    return wired


async def services(request: Request) -> Services:
    """Return them to an endpoint; async, as the framework gives a thread to what is not."""
    return services_of(request)


def _ledger(settings: Settings) -> Ledger:
    return Ledger(Path(settings.erasure_ledger) if settings.erasure_ledger else None)


def make_accounts_client(settings: Settings, http: httpx.AsyncClient) -> AccountsClient:
    """Return the account API as the form needs it."""
    return AccountsClient(http, settings.accounts_url, settings.accounts_token.get_secret_value())


@dataclass(frozen=True)
class _Base:
    """What all services stand on; `mode` names the words for people: demo or live."""

    settings: Settings
    http: httpx.AsyncClient
    clock: Clock
    database: Database
    replica: Database
    bell: Bell
    catalogue: Catalogue
    sentences: Mapping[str, str]
    engines: Engines
    renderer: Renderer
    links: Links
    memo_links: MemoLinks
    board: NoticeBoard
    handovers: Handovers
    meter: Meter
    mode: str
    secret: str


def _replica(settings: Settings, database: Database) -> Database:
    """Return what the console reads from: lists and searches must not hold up the chat."""
    if settings.read_database_url or not database.shared:
        return Database(settings.read_database_url or settings.database_url)
    return database


def _base(settings: Settings, clients: Outgoing, clock: Clock) -> _Base:
    catalogue, secret = load_catalogue(), settings.link_secret.get_secret_value()
    # Where somebody accepts in another process, who sends there waits for a place to write.
    database = Database(settings.database_url, direct=True, patient=settings.worker == "on")
    return _Base(
        settings=settings,
        http=clients.http,
        clock=clock,
        database=database,
        replica=_replica(settings, database),
        bell=Bell(),
        catalogue=catalogue,
        sentences=read_sentences(),
        engines=wire_engines(settings, clients.engine, clock, catalogue),
        renderer=Renderer(catalogue, OpeningHours(settings.opening_hours)),
        links=Links(secret, settings.public_url),
        memo_links=MemoLinks(secret, settings.public_url),
        board=NoticeBoard(),
        handovers=Handovers(database),
        meter=Meter(each.entry.topic for each in catalogue.answers.values()),
        mode="live" if settings.account_mode == "live" else "demo",
        secret=secret,
    )


def _answering(base: _Base, leases: Leases) -> AnsweringService:
    return AnsweringService(
        base.database,
        Composer(base.catalogue, base.renderer, Hearing()),
        base.renderer,
        base.engines.answering,
        VerificationOffers(base.catalogue, base.links, base.clock, base.settings.account_mode),
        leases,
        base.clock,
        base.board,
        base.handovers,
        base.meter,
    )


def _private_link(base: _Base) -> DerivedLink:
    return DerivedLink(base.sentences[f"verification_link_{base.mode}"], base.links.url)


def _memo_link(base: _Base) -> DerivedLink:
    return DerivedLink(base.sentences["memo_link"], base.memo_links.url)


def _memo(base: _Base) -> MemoService:
    hours = OpeningHours(base.settings.opening_hours)
    return MemoService(base.database, base.catalogue, hours, base.memo_links, base.clock)


def _platforms(
    base: _Base,
    channels: Sequence[Channel],
    conversations: ConversationService,
    inbox: InboxService,
    erasure: ErasureService,
) -> Platforms:
    house = House(
        base.settings, base.sentences, base.clock, base.database, Seal(base.secret), base.bell
    )
    private, memo = _private_link(base), _memo_link(base)
    parcels = Parcels(
        house,
        conversations,
        lambda target: Link(private.label, private.url(target)),
        lambda target: Link(memo.label, memo.url(target)),
    )
    return connect(channels, house, parcels, conversations, inbox, erasure)


def _review(base: _Base, conversations: ConversationService) -> Review:
    ground = Ground(
        base.settings,
        base.database,
        base.replica,
        base.catalogue,
        base.clock,
        base.bell,
        conversations,
        base.http,
        base.board,
        base.handovers,
        base.renderer,
    )
    return wire_review(ground)


def _verification(base: _Base, leases: Leases, answering: AnsweringService) -> VerificationService:
    accounts = make_accounts_client(base.settings, base.http)
    note, mode = base.sentences[f"verified_note_{base.mode}"], base.settings.account_mode
    return VerificationService(
        base.database, accounts, leases, answering, base.clock, base.bell, note, mode
    )


def wire(
    settings: Settings, clients: Outgoing, clock: Clock, channels: Sequence[Channel] = ()
) -> Services:
    """Build the services on one database, the clients of one process and one clock."""
    base = _base(settings, clients, clock)
    database, bell, renderer = base.database, base.bell, base.renderer
    leases, passes = Leases(database, clock), Passes(base.secret)
    answering = _answering(base, leases)
    conversations = ConversationService(database, renderer, clock, base.board)
    web = WebRenderer(_private_link(base), _memo_link(base))
    counted = CountedMask(mask, base.meter)
    feedback = FeedbackService(database, counted, clock)
    at_once = AtOnce(leases, answering, bell, settings.at_once, settings.worker_tasks)
    inbox = InboxService(database, counted, clock, bell, base.meter, at_once)
    waiting = Waiting(database, bell, clock, at_once)
    erasure = ErasureService(database, base.engines.answering, clock, _ledger(settings))
    platforms = _platforms(base, channels, conversations, inbox, erasure)
    deliveries = {"web": WebDelivery(bell), **platforms.deliveries}
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        replica=base.replica,
        catalogue=base.catalogue,
        sentences=base.sentences,
        pages=Pages(base.sentences, settings.public_url),
        engines=base.engines,
        conversations=conversations,
        inbox=inbox,
        waiting=waiting,
        web=web,
        events=Events(conversations, web, bell),
        feedback=feedback,
        erasure=erasure,
        retention=RetentionService(database, erasure, clock),
        verification=_verification(base, leases, answering),
        links=base.links,
        passes=passes,
        private=PrivateAnswers(passes, conversations, base.engines.answering, renderer, clock),
        memo=_memo(base),
        widget=WidgetFiles(settings.widget_files),
        plain=PlainChat(conversations, inbox, waiting, web, feedback, erasure, clock),
        worker=Worker(leases, answering, bell, settings.worker_tasks),
        at_once=at_once,
        relay=Relay(database, clock, deliveries, bell, base.meter, settings.worker_tasks),
        review=_review(base, conversations),
        platforms=platforms,
        exchange=wire_exchange(database, bell),
        metrics=Metrics(base.meter, database, clock, deliveries),
    )
