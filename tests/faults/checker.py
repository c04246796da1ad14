"""Compare what was accepted with what the platforms took and what the tables say."""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.channels.line.sender import _KEYS
from tests.faults.tables import Tables
from tests.faults.traffic import Sent

# What arrives further apart than this cannot be put in order (HELPBOT_SETTLE_SECONDS).
SETTLE = 1.5
# A clock that is off by more was set wrong on purpose (tests/faults/faults.py).
CLOCK_WRONG = 300.0


@dataclass(frozen=True)
class Verdict:
    """Counts over everything that was accepted."""

    accepted: int
    lost: int
    silent: int
    duplicated: int
    out_of_order: int
    answered: int
    apologised: int
    pushed: int
    doubtful: int

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


def check(stack: Tables, sent: Sequence[Sent]) -> Verdict:
    """Return the counts for the messages of one run."""
    accepted = [each for each in sent if each.accepted_at]
    wanted = {each.event_id for each in accepted}
    rows = stack.rows(
        "select i.event_id, i.id, i.outcome, o.way, o.doubtful, i.received_at from inbox i "
        "left join outbox o on o.message_id = i.id"
    )
    known = {str(row[0]): row for row in rows if row[0] in wanted}
    deliveries = deliveries_of(stack.folder, {str(row[1]): str(row[0]) for row in rows})
    ends = Counter(str(row[2]) for row in known.values())
    spoken = {key for key, row in known.items() if row[2] in {"answered", "apologised"}}
    silent = [key for key in known if known[key][2] is None]
    silent += [key for key in spoken if not deliveries[key]]
    return Verdict(
        accepted=len(accepted),
        lost=len(wanted - set(known)),
        silent=len(silent),
        duplicated=sum(len(deliveries[key]) - 1 for key in spoken if len(deliveries[key]) > 1),
        out_of_order=_out_of_order(accepted, deliveries, _written(accepted, known)),
        answered=ends["answered"],
        apologised=ends["apologised"],
        pushed=sum(row[3] == "push" for row in known.values()),
        doubtful=sum(bool(row[4]) for row in known.values()),
    )


def deliveries_of(folder: Path, events: dict[str, str]) -> dict[str, list[float]]:
    """Return when the platforms took what, or the page showed it, by the event that it answers."""
    by_key = {str(uuid.uuid5(_KEYS, message)): event for message, event in events.items()}
    found: dict[str, list[float]] = defaultdict(list)
    for entry in (*_log(folder / "line.jsonl"), *_log(folder / "slack.jsonl")):
        event = {
            "reply": entry["to"],
            "push": by_key.get(entry.get("key", "")),
            "post": events.get(entry.get("key", "")),
        }[entry["kind"]]
        if event:
            found[event].append(entry["at"])
    return found | _shown(folder, events)


def _shown(folder: Path, events: dict[str, str]) -> dict[str, list[float]]:
    """Return when the website's event streams brought what: one thing said twice counts twice.

    One message may be answered by several replies; the first stands for all.
    """
    found: dict[str, list[float]] = defaultdict(list)
    first: dict[str, str] = {}
    for entry in _log(folder / "web.jsonl"):
        event = events.get(entry["to"])
        if event and entry["answer"] == first.setdefault(event, entry["answer"]):
            found[event].append(entry["at"])
    return found


def _log(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _written(accepted: Sequence[Sent], known: dict[str, Any]) -> dict[str, float]:
    """Return when each message was written down, in seconds of the epoch.

    A sender may have been told so only later, at another try. Where the gateway's clock was wrong,
    what the sender saw has to do.
    """
    return {
        each.event_id: told if abs(told - each.accepted_at) < CLOCK_WRONG else each.accepted_at
        for each in accepted
        if each.event_id in known
        for told in [_seconds(known[each.event_id][5])]
    }


def _seconds(moment: object) -> float:
    read = datetime.fromisoformat(str(moment))
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def _out_of_order(
    accepted: Sequence[Sent], deliveries: dict[str, list[float]], written: dict[str, float]
) -> int:
    """Return how many answers came before the answer to something sent earlier."""
    people: dict[str, list[Sent]] = defaultdict(list)
    for each in accepted:
        if deliveries[each.event_id]:
            people[each.person].append(each)
    return sum(
        first.sent_at < second.sent_at
        and written[first.event_id] - written[second.event_id] < SETTLE
        and min(deliveries[first.event_id]) > min(deliveries[second.event_id])
        for said in people.values()
        for first in said
        for second in said
    )
