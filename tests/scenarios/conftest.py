"""Everything, for real: `make up` on ports and in a folder of its own."""

import os
import re
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
import pytest

from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tests.support.servers import API_PYTHON, ROOT, free_port
from tools.environment import PORTS

READY = re.compile(r"Ready: (http\S+?)/ ")
MODULES = {("-m", "rasa"): "rasa", ("-m", "actions"): "actions", ("-m", "api.accounts"): "accounts"}


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Return once `true` is; fail when it is not in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.1)


def _not_today() -> str:
    """Return hours in which nobody is there while the tests run, whatever the day."""
    day = (datetime.now(UTC) + timedelta(days=3)).strftime("%a")
    return f"{day}-{day} 09:30-18:00"


class Stack:
    """The five processes under their supervisor."""

    def __init__(self, var: Path, **more: str) -> None:
        self.var = var
        self.environment = {
            **os.environ,
            **{name: str(free_port()) for name in PORTS},
            "HELPBOT_VAR": str(var),
            "HELPBOT_OPENING_HOURS": _not_today(),
            **more,
        }
        self.output = var / "up.log"
        self.address = ""

    def up(self) -> None:
        """Start it as a service would: no terminal, output to a file."""
        self.var.mkdir(exist_ok=True)
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [API_PYTHON, "-m", "tools.up"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 240
        while not (ready := READY.search(self.output.read_text("utf-8"))):
            assert self.process.poll() is None, self.output.read_text("utf-8")
            assert time.monotonic() < deadline, "not ready in time"
            time.sleep(0.2)
        self.address = ready[1]

    def part(self, name: str) -> psutil.Process:
        """Return the process of one part, waiting until its supervisor has it running."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for process in self.all():
                if self._name(process) == name:
                    return process
            time.sleep(0.1)
        raise AssertionError(f"{name} does not run")

    def _name(self, process: psutil.Process) -> str:
        try:
            module, worker = process.cmdline()[1:3], process.environ().get("HELPBOT_WORKER")
        except psutil.Error:
            return ""
        if module == ["-m", "api"]:
            return "worker" if worker == "on" else "api"
        return MODULES.get(tuple(module), "")

    def all(self) -> list[psutil.Process]:
        """Return the supervisor and everything below it."""
        return [process for process in psutil.process_iter() if self._is_mine(process)]

    def _is_mine(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("HELPBOT_SUPERVISED") == str(self.var)
        except psutil.Error:
            return False

    def stop(self, number: int = signal.SIGINT) -> int:
        """Stop the launcher as Ctrl-C does; return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


class Person:
    """Somebody who writes on the website."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=90)
        opened = self.http.post("/chat/conversations").json()
        self.path = f"/chat/conversations/{opened['conversation_id']}/messages"
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        self.offered: dict[str, str] = {}

    def writes(self, text: str, wait: int = 20) -> dict:
        """Send `text` and return the bot's answer to it."""
        return self._send({"text": text}, wait)

    def taps(self, label: str) -> dict:
        """Tap the latest button with that label and return the answer."""
        return self._send({"choice_id": self.offered[label]}, 20)

    def _send(self, content: dict[str, str], wait: int) -> dict:
        body = {"client_message_id": str(uuid.uuid4()), **content}
        headers = {**self.headers, "Prefer": f"wait={wait}"}
        answer: dict = self.http.post(self.path, json=body, headers=headers).json()
        for reply in answer.get("replies", ()):
            self.offered.update({each["label"]: each["id"] for each in reply["choices"]})
        return answer

    def hears(self, text: str) -> dict:
        """Send `text` and return the first reply."""
        reply: dict = self.writes(text)["replies"][0]
        return reply

    def sends(self, text: str) -> str:
        """Send `text` without waiting; return its id."""
        body = {"client_message_id": str(uuid.uuid4()), "text": text}
        answer = self.http.post(self.path, json=body, headers=self.headers)
        message_id: str = answer.json()["message_id"]
        return message_id

    def answers_to(self, message_id: str, seconds: float) -> list[dict]:
        """Return all replies to a message once there is one."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                messages = self.http.get(self.path, headers=self.headers).json()["messages"]
            except (httpx.TransportError, KeyError):
                messages = []
            found = [each for each in messages if each.get("in_reply_to") == message_id]
            if found:
                return found
            time.sleep(0.2)
        raise AssertionError("no answer in time")


@pytest.fixture(scope="session")
def line() -> Iterator[FakeLine]:
    with FakeLine().serving() as fake:
        yield fake


@pytest.fixture(scope="session")
def slack() -> Iterator[FakeSlack]:
    with FakeSlack().serving() as fake:
        yield fake


@pytest.fixture(scope="session")
def stack(
    tmp_path_factory: pytest.TempPathFactory, line: FakeLine, slack: FakeSlack
) -> Iterator[Stack]:
    platforms = {
        "HELPBOT_LINE_CHANNEL_SECRET": fake_line.SECRET,
        "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN": fake_line.TOKEN,
        "HELPBOT_LINE_API_BASE": line.url,
        "HELPBOT_LINE_BASIC_ID": "@000bot",
        "HELPBOT_SLACK_SIGNING_SECRET": fake_slack.SECRET,
        "HELPBOT_SLACK_BOT_TOKEN": fake_slack.TOKEN,
        "HELPBOT_SLACK_API_BASE": f"{slack.url}/api",
        "HELPBOT_SETTLE_SECONDS": "0.05",
    }
    stack = Stack(tmp_path_factory.mktemp("stack") / "var", **platforms)
    stack.up()
    yield stack
    if stack.process.poll() is None:
        stack.stop()


@pytest.fixture
def person(stack: Stack) -> Iterator[Person]:
    person = Person(stack.address)
    yield person
    person.http.close()
