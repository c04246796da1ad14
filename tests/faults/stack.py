"""Six real processes: two gateways, a worker, Rasa, the action server, the account API.

What dies is started again, as the supervisor does.
"""

import contextlib
import os
import subprocess
import threading
import time
from pathlib import Path

from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tests.faults.tables import Tables
from tests.support.servers import API_PYTHON, BOT_PYTHON, ROOT, TOKEN, answers, free_port

GATEWAYS = ("api", "api2")
PARTS = (*GATEWAYS, "worker", "rasa", "actions", "accounts")


class Stack(Tables):
    """Everything, in a folder of its own."""

    parts: tuple[str, ...] = PARTS

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.ports = {part: free_port() for part in self.parts}
        self.line = FakeLine(folder / "line.jsonl")
        self.slack = FakeSlack(folder / "slack.jsonl")
        self.clock = folder / "clock"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = threading.Event()
        self._model = subprocess.run(
            [API_PYTHON, "-m", "tools.train"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip()

    def url(self, part: str) -> str:
        """Return a part's address."""
        return f"http://127.0.0.1:{self.ports[part]}"

    def _environment(self, part: str) -> dict[str, str]:
        worker = "on" if part == "worker" else "off"
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            "RASA_TELEMETRY_ENABLED": "false",
            "HELPBOT_PORT": str(self.ports.get(part, 0)),
            "HELPBOT_PUBLIC_URL": self.url("api"),
            "HELPBOT_WORKER": worker,
            "HELPBOT_AT_ONCE": "64",
            "HELPBOT_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "HELPBOT_ACCOUNTS_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder}/accounts.db",
            "HELPBOT_TRACKER_URL": f"sqlite:///{self.folder}/tracker.db",
            "HELPBOT_RASA_URLS": self.url("rasa"),
            "HELPBOT_ACCOUNTS_URL": self.url("accounts"),
            "HELPBOT_ACTIONS_URL": f"{self.url('actions')}/webhook",
            "HELPBOT_ACCOUNTS_PORT": str(self.ports["accounts"]),
            "HELPBOT_ACTIONS_PORT": str(self.ports["actions"]),
            "HELPBOT_MODEL": self._model,
            "HELPBOT_RASA_TOKEN": TOKEN,
            "HELPBOT_ACCOUNTS_TOKEN": TOKEN,
            "HELPBOT_LINK_SECRET": TOKEN,
            "HELPBOT_LINE_CHANNEL_SECRET": fake_line.SECRET,
            "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN": fake_line.TOKEN,
            "HELPBOT_LINE_API_BASE": self.line.url,
            "HELPBOT_SLACK_SIGNING_SECRET": fake_slack.SECRET,
            "HELPBOT_SLACK_BOT_TOKEN": fake_slack.TOKEN,
            "HELPBOT_SLACK_API_BASE": f"{self.slack.url}/api",
            "HELPBOT_FAULT_CLOCK": str(self.clock),
        }

    def _command(self, part: str) -> list[str]:
        commands = {
            "rasa": [
                BOT_PYTHON, "-m", "rasa", "run", "--quiet", "--interface", "127.0.0.1", "--port",
                self.ports[part], "--model", self._model, "--endpoints", "endpoints.yml",
                "--credentials", "credentials.yml",
            ],
            "actions": [BOT_PYTHON, "-m", "actions"],
            "accounts": [API_PYTHON, "-m", "api.accounts"],
        }  # fmt: skip
        command = commands.get(part.rstrip("2"), [API_PYTHON, "-m", "tests.faults.gateway"])
        return [str(each) for each in command]

    def start(self, part: str) -> None:
        """Start a part, its output in a file."""
        with (self.folder / f"{part}.log").open("ab") as output:
            self.processes[part] = subprocess.Popen(
                self._command(part), cwd=ROOT, env=self._environment(part),
                stdout=output, stderr=output,
            )  # fmt: skip

    def _watch(self) -> None:
        while not self._stopping.wait(0.5):
            for part, process in list(self.processes.items()):
                if process.poll() is not None:
                    self.start(part)

    def migrate(self) -> None:
        """Lay the tables."""
        for module in ("api.migrate", "api.accounts.migrate"):
            subprocess.run(
                [API_PYTHON, "-m", module], cwd=ROOT, env=self._environment("api"), check=True,
                capture_output=True,
            )  # fmt: skip

    def __enter__(self) -> "Stack":
        """Run everything until the block ends."""
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.line.serving())
            stack.enter_context(self.slack.serving())
            stack.callback(self._stop)
            self.migrate()
            for part in self.parts:
                self.start(part)
            self.wait_until_ready()
            threading.Thread(target=self._watch, daemon=True).start()
            self._to_close = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._to_close.close()

    def _stop(self) -> None:
        self._stopping.set()
        time.sleep(0.6)
        for process in self.processes.values():
            process.kill()
            process.wait()

    def wait_until_ready(self, seconds: float = 400) -> None:
        """Return once every part answers."""
        deadline = time.monotonic() + seconds
        for part in self.parts:
            path = "/" if part.startswith(("rasa", "actions")) else "/healthz"
            while not answers(self.url(part) + path):
                if time.monotonic() > deadline:
                    raise TimeoutError(part)
                time.sleep(0.2)
