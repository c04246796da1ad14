"""What became of what was said: refused, lost, silent, told twice, and how long it took."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from benchmarks.figures import milliseconds, percentile
from benchmarks.load.people import Said
from benchmarks.stack import Whole
from tests.faults.checker import check, deliveries_of

_WEB = (
    "select i.event_id, i.outcome, o.delivered_at, i.received_at, i.answered_at from inbox i "
    "left join outbox o on o.message_id = i.id where i.channel = 'web'"
)


def outcome(stack: Whole, said: Sequence[Said]) -> dict[str, Any]:
    """Return the counts, and the times in milliseconds."""
    on_platforms = [each for each in said if each.channel != "web"]
    web = {str(row[0]): row for row in stack.rows(_WEB)}
    accepted = [each for each in said if each.channel == "web" and each.accepted_at]
    verdict = check(stack, on_platforms)
    known = [web[each.event_id] for each in accepted if each.event_id in web]
    acks = [each.ack for each in on_platforms if each.accepted_at]
    return {
        "said": len(said),
        "errors": sum(bool(each.error) for each in said),
        "refused": sum(each.refused for each in said),
        "lost": verdict.lost + len(accepted) - len(known),
        "silent": verdict.silent + sum(row[1] is None or row[2] is None for row in known),
        "duplicated": verdict.duplicated,
        "out_of_order": verdict.out_of_order,
        "apologised": verdict.apologised + sum(row[1] == "apologised" for row in known),
        "pushed": verdict.pushed,
        "ack_ms": _times(acks),
        "web_ms": _times([_web_seconds(each, web) for each in accepted if each.event_id in web]),
        "platform_ms": _times(_platform_seconds(stack, on_platforms)),
    }


def _times(seconds: Sequence[float]) -> dict[str, float]:
    return {f"p{share}": milliseconds(percentile(seconds, share)) for share in (50, 95, 99)}


def _web_seconds(said: Said, rows: dict[str, Any]) -> float:
    """Return what the client saw, or where it did not wait, what the tables say."""
    if said.answered:
        return said.answered
    received, answered = (
        datetime.fromisoformat(str(rows[said.event_id][place] or rows[said.event_id][3]))
        for place in (3, 4)
    )
    return (answered - received).total_seconds()


def _platform_seconds(stack: Whole, said: Sequence[Said]) -> list[float]:
    """Return how long after its sending each message's answer reached the platform."""
    events = {str(row[1]): str(row[0]) for row in stack.rows("select event_id, id from inbox")}
    arrived = deliveries_of(stack.folder, events)
    return [min(arrived[each.event_id]) - each.sent_at for each in said if arrived[each.event_id]]
