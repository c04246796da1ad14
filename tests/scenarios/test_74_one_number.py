"""One 受付番号 leads through the logs of all processes that a message went through."""

import json
import uuid
from collections.abc import Iterator

import pytest

from tests.scenarios.conftest import Person, Stack, wait_until
from tests.scenarios.strangers import LOCK

PROCESSES = ("api", "worker", "rasa", "actions", "accounts")


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


@pytest.mark.parametrize("process", PROCESSES)
def test_no_line_of_it_says_what_was_asked(stack: Stack, receipt: str, process: str) -> None:
    assert all(LOCK not in str(each) for each in events(stack, process, receipt))
