"""Many conversations in the tables, as the worker and the digests would have left them."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import yaml
from sqlalchemy import Engine, TableClause, column, create_engine, insert, make_url, table, text

import api.wiring  # noqa: F401 - knows all tables
from api.chat.base import GatewayBase
from api.kit.ids import new_receipt
from api.review.search.folding import spaced
from tests.support.servers import ROOT

EACH, DAYS, _AT_ONCE = 5, 90, 500
_CHANNELS = ("web", "web", "web", "line", "slack")
_BODY = {"text": "答え", "details": [], "topics": [], "links": [], "source": None}
_SEARCH = table("search_messages", column("message_id"), column("conversation_id"), column("said"))
# What refers to others comes after them.
_TABLES = (
    "conversations", "inbox", "replies", "turn_details", "search_messages", "digested_messages",
    "digests", "digest_topics", "conversation_tags", "feedback",
)  # fmt: skip
# What belongs to one row, or refers to one.
_NAMES = {"id", "conversation_id", "message_id", "event_id", "reply_id", "in_reply_to"}
_INDEX = "ix_search_said"
Row = tuple[str, dict[str, Any]]


def examples() -> list[tuple[str, str]]:
    """Return (topic, sentence) of all training data."""
    found = []
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")).get("nlu") or []:
            lines = entry.get("examples", "").splitlines()
            found += [(entry["intent"], line[2:]) for line in lines if "intent" in entry]
    return found


def fill(url: str, conversations: int, until: datetime) -> None:
    """Spread conversations of five messages over the ninety days before `until`."""
    chance, said, engine = random.Random(1), itertools.cycle(examples()), _engine(url)
    for begin in range(0, conversations, _AT_ONCE):
        rows = defaultdict(list)
        for number in range(begin, min(begin + _AT_ONCE, conversations)):
            begun = until - timedelta(days=DAYS) * chance.random()
            for name, row in _conversation(number, begun, said, chance):
                rows[name].append(row)
        with engine.begin() as connection:
            for name in _TABLES:
                if rows[name]:
                    connection.execute(insert(_table(name)), rows[name])
    _finish(engine)


def multiply(url: str, times: int) -> None:
    """Put `times` of each conversation in place of one, in PostgreSQL; the new ones get new ids."""
    engine = _engine(url)
    with engine.begin() as connection:
        definition = connection.scalar(
            text("SELECT indexdef FROM pg_indexes WHERE indexname = :name"), {"name": _INDEX}
        )
        # An index is built faster than kept up; and what copies refer to is copied as well.
        connection.execute(text(f"DROP INDEX {_INDEX}"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        mark = connection.scalar(text("SELECT count(*) FROM conversations"))
        for name in _TABLES:
            connection.execute(text(_copies(name, times - 1, mark)))
        connection.execute(text(definition))
    _finish(engine)


def _copies(name: str, times: int, mark: int) -> str:
    """`mark` is another one each time, so that copies of copies have names of their own."""
    columns = [each.name for each in _table(name).columns]
    taken = {each: f"{each} || '~{mark}.' || n" for each in _NAMES}
    taken["receipt"] = f"left(md5(receipt || {mark} || '.' || n), 12)"
    return (
        f"INSERT INTO {name} ({', '.join(columns)}) "  # noqa: S608 - ours
        f"SELECT {', '.join(taken.get(each, each) for each in columns)} "
        f"FROM {name}, generate_series(1, {times}) AS n"
    )


def _engine(url: str) -> Engine:
    made = make_url(url)
    driver = "sqlite" if made.drivername.startswith("sqlite") else "postgresql+psycopg"
    return create_engine(made.set(drivername=driver))


def _finish(engine: Engine) -> None:
    """Let the database count what it has, as its own upkeep does in time."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        vacuum = "VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"
        connection.execute(text(vacuum))
    engine.dispose()


def _table(name: str) -> TableClause:
    return GatewayBase.metadata.tables.get(name, _SEARCH)


def _conversation(
    number: int, begun: datetime, said: Iterator[tuple[str, str]], chance: random.Random
) -> Iterator[Row]:
    key, channel = f"c-{number:06}", chance.choice(_CHANNELS)
    owner = {"conversation_id": key}
    yield "conversations", {"id": key, "channel": channel, "token_digest": "-", "created_at": begun}
    turns = [next(said) for _ in range(EACH)]
    for place, (topic, words) in enumerate(turns):
        at = begun + timedelta(minutes=place)
        name = f"{number:06}-{place}"
        known = {**owner, "channel": channel, "sequence": place + 1}
        yield "inbox", {**known, **_message(name, topic, words, chance, at)}
        yield from _turn(name, owner, topic, words, chance, at)
    for topic in {topic for topic, _ in turns}:
        yield "digest_topics", {**owner, "topic": topic}
    yield "digests", {
        **owner, "channel": channel, "started_at": begun, "last_at": at, "messages": EACH,
        "first_text": turns[0][1], "confidence": chance.random(),
        "fallbacks": chance.choice((0, 0, 0, 1, 2)), "good": int(chance.random() < 0.1),
        "bad": int(chance.random() < 0.05), "unresolved": chance.random() < 0.1,
        "handed_over": chance.random() < 0.02, "reviewed": int(chance.random() < 0.2),
    }  # fmt: skip
    if chance.random() < 0.02:
        yield "conversation_tags", {**owner, "tag": "見直し"}


def _message(
    name: str, topic: str, words: str, chance: random.Random, at: datetime
) -> dict[str, Any]:
    return {
        "id": f"m-{name}", "event_id": f"e-{name}", "text": words, "masked": [],
        "receipt": new_receipt(), "received_at": at, "sent_at": at, "answered_at": at,
        "status": "done", "claims": 1, "crashes": 0, "outcome": "answered", "intent": topic,
        "confidence": chance.random(), "model_id": "model-1",
    }  # fmt: skip


def _turn(
    name: str, owner: dict[str, str], topic: str, words: str, chance: random.Random, at: datetime
) -> Iterator[Row]:
    here, answer = {**owner, "message_id": f"m-{name}"}, {"answer_id": topic, "answer_version": "v"}
    yield "replies", {
        **owner, **answer, "id": f"r-{name}", "in_reply_to": f"m-{name}", "position": 0,
        "private": False, "body": _BODY, "created_at": at,
    }  # fmt: skip
    yield "turn_details", {
        **here, "actions": [], "segments": [], "ranking": [[topic, 0.9], ["otp_expired", 0.05]],
        "waited_ms": 1, "engine_ms": 2, "written_ms": 3, "created_at": at,
    }  # fmt: skip
    yield "search_messages", {**here, "said": spaced(words)}
    yield "digested_messages", {**here, "typed": True, "teaches": chance.random()}
    if chance.random() < 0.1:
        yield "feedback", {
            **owner, **answer, "reply_id": f"r-{name}", "solved": chance.random() < 0.7,
            "given_at": at,
        }  # fmt: skip
