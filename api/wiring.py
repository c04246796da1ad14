"""Put the parts together, once a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import Request

from api.channels.contract import Channel, House
from api.channels.parcels import Parcels
from api.channels.platforms import Platforms, connect
from api.channels.web.delivery import WebDelivery
from api.channels.web.events import Events
from api.channels.web.render import DerivedLink, WebRenderer
from api.channels.web.service import Waiting
from api.chat.answering.composing import Composer
from api.chat.answering.hearing import Hearing
from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.answering.worker import Worker
from api.chat.bell import Bell
from api.chat.conversations.service import ConversationService
from api.chat.engine.keyword import KeywordEngine, load_keywords
from api.chat.engine.protocol import Engine
from api.chat.engine.rasa import RasaEngine
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
from api.kit.sealing import Seal
from api.kit.sentences import load_sentences
from api.memo.links import MemoLinks
from api.memo.service import MemoService
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
    catalogue: Catalogue
    sentences: Mapping[str, str]
    pages: Pages
    engine: Engine
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
    relay: Relay
    review: Review
    platforms: Platforms


def services(request: Request) -> Services:
    """Return the process's services to an endpoint."""
    wired: Services = request.app.state.services
    return wired


def make_engine(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> Engine:
    """Return the engine that the settings name."""
    if settings.engine == "keyword":
        return KeywordEngine(load_keywords())
    token = settings.rasa_token.get_secret_value()
    return RasaEngine(http, settings.rasa_urls, token, clock)


def _ledger(settings: Settings) -> Ledger:
    return Ledger(Path(settings.erasure_ledger) if settings.erasure_ledger else None)


def make_accounts_client(settings: Settings, http: httpx.AsyncClient) -> AccountsClient:
    """Return the account API as the form needs it."""
    return AccountsClient(http, settings.accounts_url, settings.accounts_token.get_secret_value())


def _web(
    sentences: Mapping[str, str], mode: str, links: Links, memo_links: MemoLinks
) -> WebRenderer:
    return WebRenderer(
        DerivedLink(sentences[f"verification_link_{mode}"], links.url),
        DerivedLink(sentences["memo_link"], memo_links.url),
    )


def wire(
    settings: Settings,
    http: httpx.AsyncClient,
    clock: Clock,
    channels: Sequence[Channel] = (),
) -> Services:
    """Build the services on one database, one HTTP client and one clock."""
    database, bell = Database(settings.database_url), Bell()
    catalogue, sentences = load_catalogue(), read_sentences()
    engine = make_engine(settings, http, clock)
    secret, url = settings.link_secret.get_secret_value(), settings.public_url
    mode, passes = "live" if settings.account_mode == "live" else "demo", Passes(secret)
    note = sentences[f"verified_note_{mode}"]
    links, memo_links = Links(secret, url), MemoLinks(secret, url)
    leases, hours = Leases(database, clock), OpeningHours(settings.opening_hours)
    renderer = Renderer(catalogue, hours)
    composer = Composer(catalogue, renderer, Hearing())
    offers = VerificationOffers(catalogue, links, clock, settings.account_mode)
    board, handovers = NoticeBoard(), Handovers(database)
    answering = AnsweringService(
        database, composer, renderer, engine, offers, leases, clock, board, handovers
    )
    accounts = make_accounts_client(settings, http)
    conversations = ConversationService(database, renderer, clock, board)
    web = _web(sentences, mode, links, memo_links)
    inbox, waiting = InboxService(database, mask, clock, bell), Waiting(database, bell, clock)
    feedback = FeedbackService(database, mask, clock)
    erasure = ErasureService(database, engine, clock, _ledger(settings))
    house = House(settings, sentences, clock, database, Seal(secret), bell)
    parcels = Parcels(house, conversations, links.url, memo_links.url)
    platforms = connect(channels, house, parcels, conversations, inbox, erasure)
    ground = Ground(
        settings, database, catalogue, clock, bell, conversations, http, board, handovers, renderer
    )
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        catalogue=catalogue,
        sentences=sentences,
        pages=Pages(sentences, settings.public_url),
        engine=engine,
        conversations=conversations,
        inbox=inbox,
        waiting=waiting,
        web=web,
        events=Events(conversations, web, bell),
        feedback=feedback,
        erasure=erasure,
        retention=RetentionService(database, erasure, clock),
        verification=VerificationService(
            database, accounts, leases, answering, clock, note, settings.account_mode
        ),
        links=links,
        passes=passes,
        private=PrivateAnswers(passes, conversations, engine, renderer, clock),
        memo=MemoService(database, catalogue, hours, memo_links, clock),
        widget=WidgetFiles(settings.widget_files),
        plain=PlainChat(conversations, inbox, waiting, web, feedback, erasure, clock),
        worker=Worker(leases, answering, bell),
        relay=Relay(database, clock, {"web": WebDelivery(bell), **platforms.deliveries}, bell),
        platforms=platforms,
        review=wire_review(ground),
    )
