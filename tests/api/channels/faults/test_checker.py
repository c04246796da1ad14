"""The checker finds what it is there to find: a fault report of noughts says nothing otherwise."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.__main__ import are_few, is_good
from tests.faults.checker import Verdict, check
from tests.faults.traffic import Sent

Row = tuple[object, ...]


@dataclass
class Tables:
    """What the gateway's tables would say: event, message, outcome, way, doubtful, moment."""

    folder: Path
    known: list[Row] = field(default_factory=list)

    def rows(self, query: str, *values: object) -> list[Row]:
        return self.known


@dataclass
class Run:
    """Two messages of one person on LINE, answered in turn; each test spoils one thing."""

    tables: Tables
    first: Sent = field(default_factory=lambda: Sent("e1", "line", "anna", 1.0, 1.2))
    second: Sent = field(default_factory=lambda: Sent("e2", "line", "anna", 2.0, 2.2))

    def taken(self, *log: tuple[str, float]) -> Verdict:
        lines = [json.dumps({"kind": "reply", "to": to, "at": at}) for to, at in log]
        (self.tables.folder / "line.jsonl").write_text("\n".join(lines), "utf-8")
        return check(self.tables, [self.first, self.second])  # type: ignore[arg-type]

    def shown(self, *log: tuple[str, str, float]) -> Verdict:
        """What the event streams brought: to which message, which answer, when."""
        self.first.channel = self.second.channel = "web"
        entries = [{"kind": "event", "to": to, "answer": said, "at": at} for to, said, at in log]
        lines = "\n".join(map(json.dumps, entries))
        (self.tables.folder / "web.jsonl").write_text(lines, "utf-8")
        return check(self.tables, [self.first, self.second])  # type: ignore[arg-type]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    known: list[Row] = [
        ("e1", "m1", "answered", "reply", 0, at(1.2)),
        ("e2", "m2", "answered", "reply", 0, at(2.2)),
    ]
    return Run(Tables(tmp_path, known))


def at(seconds: float) -> str:
    return str(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None))


def bad(verdict: Verdict, settled: float = 3.0) -> dict[str, int]:
    row = {**verdict.as_dict(), "settled_seconds": settled}
    names = ("lost", "silent", "duplicated", "out_of_order")
    found = {name: getattr(verdict, name) for name in names if getattr(verdict, name)}
    assert is_good(row) is not (bool(found) or settled < 0)
    return found


def test_where_all_is_well_nothing_is_found(run: Run) -> None:
    assert bad(run.taken(("e1", 3.0), ("e2", 4.0))) == {}


def test_what_is_in_no_table_is_lost(run: Run) -> None:
    del run.tables.known[1]
    assert bad(run.taken(("e1", 3.0))) == {"lost": 1}


def test_what_nobody_said_yes_to_is_not_lost(run: Run) -> None:
    del run.tables.known[1]
    run.second.accepted_at = 0.0
    assert bad(run.taken(("e1", 3.0))) == {}


def test_an_answer_that_no_platform_took_is_silence(run: Run) -> None:
    assert bad(run.taken(("e1", 3.0))) == {"silent": 1}


def test_a_message_without_an_outcome_is_silence(run: Run) -> None:
    run.tables.known[1] = ("e2", "m2", None, None, None, at(2.2))
    assert bad(run.taken(("e1", 3.0))) == {"silent": 1}


def test_an_answer_taken_twice_is_a_double(run: Run) -> None:
    assert bad(run.taken(("e1", 3.0), ("e1", 3.5), ("e2", 4.0))) == {"duplicated": 1}


def test_an_answer_before_the_earlier_one_is_out_of_order(run: Run) -> None:
    assert bad(run.taken(("e2", 3.0), ("e1", 4.0))) == {"out_of_order": 1}


def test_what_came_too_late_to_be_put_in_order_is_no_fault(run: Run) -> None:
    run.tables.known[0] = ("e1", "m1", "answered", "reply", 0, at(4.0))
    assert bad(run.taken(("e2", 3.0), ("e1", 5.0))) == {}


def test_what_was_written_long_before_the_sender_was_told_is_no_fault(run: Run) -> None:
    run.first.accepted_at, run.second.accepted_at = 8.0, 7.5
    run.tables.known[0] = ("e1", "m1", "answered", "reply", 0, at(8.0))
    assert bad(run.taken(("e2", 3.0), ("e1", 9.0))) == {}


def test_a_clock_set_wrong_does_not_excuse_a_wrong_order(run: Run) -> None:
    run.tables.known[0] = ("e1", "m1", "answered", "reply", 0, at(361.2))
    assert bad(run.taken(("e2", 3.0), ("e1", 4.0))) == {"out_of_order": 1}


def test_an_answer_that_no_event_stream_brought_is_silence(run: Run) -> None:
    assert bad(run.shown(("m1", "a", 3.0))) == {"silent": 1}


def test_an_answer_shown_twice_is_a_double(run: Run) -> None:
    assert bad(run.shown(("m1", "a", 3.0), ("m1", "a", 3.1), ("m2", "a", 4.0))) == {"duplicated": 1}


def test_two_replies_to_one_message_are_no_double(run: Run) -> None:
    assert bad(run.shown(("m1", "a", 3.0), ("m1", "b", 3.0), ("m2", "a", 4.0))) == {}


def test_an_answer_shown_before_the_earlier_one_is_out_of_order(run: Run) -> None:
    assert bad(run.shown(("m2", "a", 3.0), ("m1", "a", 4.0))) == {"out_of_order": 1}


def test_what_is_not_done_in_time_is_not_good(run: Run) -> None:
    assert bad(run.taken(("e1", 3.0), ("e2", 4.0)), settled=-1.0) == {}


@pytest.mark.parametrize(("doubtful", "good"), [(1, True), (0, False)])
def test_a_double_is_borne_only_where_the_gateway_counted_it(
    run: Run, doubtful: int, good: bool
) -> None:
    run.tables.known[0] = ("e1", "m1", "answered", "push", doubtful, at(1.2))
    row = run.taken(("e1", 3.0), ("e1", 3.5), ("e2", 4.0)).as_dict()
    assert is_good({**row, "settled_seconds": 3.0}) is good


@pytest.mark.parametrize(("doubles", "few"), [(1, True), (2, False)])
def test_one_double_in_a_thousand_is_borne(doubles: int, few: bool) -> None:
    rows = [{"duplicated": doubles, "accepted": 400}, {"duplicated": 0, "accepted": 600}]
    assert are_few(rows) is few
