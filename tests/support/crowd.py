"""A hundred thousand messages in the tables, as the worker and the digests would have left them."""

import itertools
import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from api.kit.ids import new_receipt
from api.review.search.folding import spaced
from tests.support.servers import ROOT

EACH = 5
_STAMP = "%Y-%m-%d %H:%M:%S.%f"
_CHANNELS = ("web", "web", "web", "line", "slack")
_BODY = json.dumps({"text": "答え", "details": [], "topics": [], "links": [], "source": None})


def examples() -> list[tuple[str, str]]:
    """Return (topic, sentence) of all training data."""
    found = []
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")).get("nlu") or []:
            lines = entry.get("examples", "").splitlines()
            found += [(entry["intent"], line[2:]) for line in lines if "intent" in entry]
    return found


def fill(path: Path, messages: int, until: datetime) -> None:
    """Spread `messages`, five a conversation, over the ninety days before `until`."""
    chance, said = random.Random(1), itertools.cycle(examples())
    with sqlite3.connect(path) as database:
        for number in range(messages // EACH):
            at = until - timedelta(days=90) * chance.random()
            for table, row in _conversation(number, at, said, chance):
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - ours
                database.execute(statement, [*row.values()])
        database.execute("ANALYZE")


def _conversation(
    number: int, begun: datetime, said: Iterator[tuple[str, str]], chance: random.Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    key, channel = f"c-{number:06}", chance.choice(_CHANNELS)
    owner = {"conversation_id": key}
    start, last = _stamp(begun), _stamp(begun + timedelta(minutes=EACH))
    yield "conversations", {"id": key, "channel": channel, "token_digest": "-", "created_at": start}
    turns = [next(said) for _ in range(EACH)]
    for place, (topic, text) in enumerate(turns):
        yield from _turn(
            f"{number:06}-{place}", owner | {"channel": channel}, topic, text, chance,
            _stamp(begun + timedelta(minutes=place)),
        )  # fmt: skip
    for topic in {topic for topic, _ in turns}:
        yield "digest_topics", {**owner, "topic": topic}
    yield "digests", {
        **owner, "channel": channel, "started_at": start, "last_at": last, "messages": EACH,
        "first_text": turns[0][1], "confidence": chance.random(),
        "fallbacks": chance.choice((0, 0, 0, 1, 2)), "good": chance.random() < 0.1,
        "bad": chance.random() < 0.05, "unresolved": chance.random() < 0.1,
        "handed_over": chance.random() < 0.02, "reviewed": chance.random() < 0.2,
    }  # fmt: skip
    if chance.random() < 0.02:
        yield "conversation_tags", {**owner, "tag": "見直し"}


def _turn(
    name: str, owner: dict[str, str], topic: str, text: str, chance: random.Random, at: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    message, conversation = f"m-{name}", owner["conversation_id"]
    yield "inbox", {
        **owner, "id": message, "event_id": f"e-{name}", "text": text, "masked": "[]",
        "receipt": new_receipt(), "received_at": at, "sent_at": at, "status": "done", "claims": 1,
        "crashes": 0, "outcome": "answered", "intent": topic, "confidence": chance.random(),
        "model_id": "model-1", "answered_at": at,
    }  # fmt: skip
    yield "replies", {
        "id": f"r-{name}", "conversation_id": conversation, "in_reply_to": message, "position": 0,
        "answer_id": topic, "answer_version": "v", "private": False, "body": _BODY,
        "created_at": at,
    }  # fmt: skip
    yield "turn_details", {
        "message_id": message, "conversation_id": conversation, "actions": "[]", "segments": "[]",
        "ranking": json.dumps([[topic, 0.9], ["otp_expired", 0.05]]),
        "waited_ms": 1, "engine_ms": 2, "written_ms": 3, "created_at": at,
    }  # fmt: skip
    yield "search_messages", {
        "message_id": message, "conversation_id": conversation, "said": spaced(text),
    }  # fmt: skip
    yield "digested_messages", {
        "message_id": message, "conversation_id": conversation, "typed": True,
        "teaches": chance.random(),
    }  # fmt: skip
    if chance.random() < 0.1:
        yield "feedback", {
            "reply_id": f"r-{name}", "conversation_id": conversation, "answer_id": topic,
            "answer_version": "v", "solved": chance.random() < 0.7, "given_at": at,
        }  # fmt: skip


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_STAMP)
