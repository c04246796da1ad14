"""What is compared. All answer the same texts; one works at a time, the others stand still."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import psutil
import yaml

from benchmarks.client import Client
from benchmarks.load.people import Visitor
from benchmarks.stack import WORK, Whole
from benchmarks.usage import family
from tests.support.servers import BOT_PYTHON, ROOT, accounts_api, action_server, answers, free_port
from tools import train

Talk = Callable[[str], Any]


class System(Protocol):
    """A bot that runs. `times` has the seconds until it accepts and until it has answered."""

    name: str
    times: dict[str, float]

    def running(self) -> contextlib.AbstractContextManager["System"]:
        """Run until the block ends; the block begins with the first answer."""
        ...

    def pids(self) -> list[int]:
        """Return the processes that it was started as."""
        ...

    async def conversation(self, client: Client) -> Talk:
        """Return a function that says a text in a new conversation, and waits for the answer."""
        ...


class Ours:
    """All of it: gateway with inbox, masking and outbox, Rasa, action server, account API."""

    name = "ours"

    def __init__(self, stack: Whole | None = None) -> None:
        self.times: dict[str, float] = {}
        self.stack = stack or Whole("ours")

    @contextlib.contextmanager
    def running(self) -> Iterator[System]:
        """See System.running."""
        with self.stack.running():
            self.times = self.stack.times
            yield self

    def pids(self) -> list[int]:
        """See System.pids."""
        return [self.stack.process.pid]

    async def conversation(self, client: Client) -> Talk:
        """See System.conversation."""
        visitor = await Visitor(client, self.stack.url).open()

        async def talk(text: str) -> None:
            await visitor.ask(text)

        return talk


class Bare:
    """`rasa run` with a REST channel and an SQL tracker store, and our action server behind it.

    Account API included, so that the actions do the same work.
    """

    def __init__(self, name: str, model: Path) -> None:
        self.name, self.model = name, model
        self.folder, self.port = WORK / name, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.times: dict[str, float] = {}
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._count = 0

    @contextlib.contextmanager
    def running(self) -> Iterator[System]:
        """See System.running."""
        mine = set(psutil.Process().children())
        with (
            accounts_api(self.folder, free_port()) as accounts,
            action_server(self.folder, free_port(), accounts) as actions,
        ):
            process, began = self._start(f"{actions}/webhook"), time.monotonic()
            try:
                self._wait(process, began)
                started = set(psutil.Process().children()) - mine
                self._pids = [each.pid for each in started]
                yield self
            finally:
                process.kill()
                process.wait()

    def _start(self, actions: str) -> subprocess.Popen[bytes]:
        store = {"type": "SQL", "dialect": "sqlite", "db": str(self.folder / "tracker.db")}
        endpoints = {"action_endpoint": {"url": actions}, "tracker_store": store}
        for name, content in (("endpoints", endpoints), ("credentials", {"rest": None})):
            (self.folder / f"{name}.yml").write_text(yaml.safe_dump(content), "utf-8")
        command = [
            BOT_PYTHON, "-m", "rasa", "run", "--quiet", "--interface", "127.0.0.1",
            "--port", self.port, "--model", self.model,
            "--endpoints", self.folder / "endpoints.yml",
            "--credentials", self.folder / "credentials.yml",
        ]  # fmt: skip
        with (self.folder / "rasa.log").open("wb") as log:
            return subprocess.Popen(
                [*map(str, command)], cwd=ROOT, env=train.rasa_environment(),
                stdout=log, stderr=log,
            )  # fmt: skip

    def _wait(self, process: subprocess.Popen[bytes], began: float) -> None:
        while not answers(f"{self.url}/"):
            if process.poll() is not None:
                raise RuntimeError(f"Rasa ended: {self.folder}/rasa.log")
            time.sleep(0.1)
        self.times["accepts"] = time.monotonic() - began
        first = ["curl", "-sf", f"{self.url}/webhooks/rest/webhook", "-d"]
        subprocess.run(
            [*first, '{"sender":"warm-up","message":"hello"}'], check=True, capture_output=True
        )
        self.times["ready"] = time.monotonic() - began

    def pids(self) -> list[int]:
        """See System.pids."""
        return self._pids

    async def conversation(self, client: Client) -> Talk:
        """See System.conversation."""
        self._count += 1
        sender = f"{os.getpid()}-{time.time():.0f}-{self._count}"

        async def talk(text: str) -> None:
            body = {"sender": sender, "message": text}
            answer = await client.post(f"{self.url}/webhooks/rest/webhook", json=body)
            if answer.status_code != 200 or not answer.body:
                raise RuntimeError(
                    f"{self.name}: {answer.status_code}, {len(answer.body)} messages"
                )

        return talk


def stand_still(system: System, still: bool) -> None:
    """Stop or continue all processes of a system: nothing of it runs beside what is measured."""
    for pid in system.pids():
        for process in family(pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.suspend() if still else process.resume()


@contextlib.contextmanager
def alone(system: System) -> Iterator[System]:
    """Let a system that stands still work for the block."""
    stand_still(system, False)
    try:
        yield system
    finally:
        stand_still(system, True)


@contextlib.contextmanager
def all_running(systems: list[System]) -> Iterator[None]:
    """Start the systems one after the other, each while the others stand still."""
    with contextlib.ExitStack() as stack:
        for system in systems:
            stack.enter_context(system.running())
            stack.callback(stand_still, system, False)
            stand_still(system, True)
        yield


@contextlib.asynccontextmanager
async def working(system: System) -> AsyncIterator[Client]:
    """Let a system work for the block, and yield a client for it."""
    with alone(system):
        async with Client() as client:
            yield client
