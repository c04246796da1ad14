"""One 受付番号 leads through the logs of all processes that a message went through."""

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Iterator

import pytest

from tests.fakes.line import FakeLine
from tests.scenarios.conftest import Person, Stack, wait_until
from tests.scenarios.platforms import OnLine
from tests.scenarios.strangers import LOCK

PROCESSES = ("api", "rasa", "actions", "accounts")


def events(stack: Stack, process: str, receipt: str) -> Iterator[dict]:
    for line in (stack.var / "log" / f"{process}.log").read_text("utf-8").splitlines():
        if receipt in line:
            yield json.loads(line[line.index("{") :])


@pytest.fixture(scope="module")
def receipt(stack: Stack) -> str:
    person = Person(stack.address)
    body = {"client_message_id": str(uuid.uuid4()), "text": LOCK}
    answer = person.http.post(
        person.path, json=body, headers={**person.headers, "Prefer": "wait=20"}
    )
    return answer.headers["X-Request-Id"]


@pytest.mark.parametrize("process", PROCESSES)
def test_each_process_writes_it_down(stack: Stack, receipt: str, process: str) -> None:
    wait_until(lambda: any(events(stack, process, receipt)), 5)
    assert {each["trace"] for each in events(stack, process, receipt)} == {receipt}


@pytest.fixture(scope="module")
def on_line(stack: Stack, line: FakeLine) -> str:
    OnLine(stack, line).writes(LOCK)
    query = "select receipt from inbox where channel = 'line' order by received_at desc limit 1"
    with contextlib.closing(sqlite3.connect(stack.var / "gateway.db")) as database:
        return str(database.execute(query).fetchone()[0])


@pytest.mark.parametrize("process", ["api", "worker", *PROCESSES[1:]])
def test_each_process_writes_it_down_on_line(stack: Stack, on_line: str, process: str) -> None:
    wait_until(lambda: any(events(stack, process, on_line)), 5)
    assert {each["trace"] for each in events(stack, process, on_line)} == {on_line}


@pytest.mark.parametrize("process", PROCESSES)
def test_no_line_of_it_says_what_was_asked(stack: Stack, receipt: str, process: str) -> None:
    assert all(LOCK not in str(each) for each in events(stack, process, receipt))
