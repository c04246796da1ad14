"""The bot as `make up` runs it, on free ports and in a folder of its own, beside fake platforms."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator

from benchmarks.usage import family, kind
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tests.faults.tables import Tables
from tests.support.servers import API_PYTHON, ROOT, answers, free_port
from tools.environment import PORTS

_PATIENCE_SECONDS = 400
WORK = ROOT / "var" / "bench"


class Whole(Tables):
    """Launcher, supervisor and the five processes."""

    def __init__(self, name: str) -> None:
        """`name` is that of its folder under var/bench/, which is emptied."""
        super().__init__(WORK / name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.line = FakeLine(self.folder / "line.jsonl")
        self.slack = FakeSlack(self.folder / "slack.jsonl")
        self.ports = {name: str(free_port()) for name in PORTS}
        self.url = f"http://127.0.0.1:{self.ports['HELPBOT_PORT']}"
        self.times: dict[str, float] = {}

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.ports,
            "HELPBOT_VAR": str(self.folder),
            "HELPBOT_LINE_CHANNEL_SECRET": fake_line.SECRET,
            "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN": fake_line.TOKEN,
            "HELPBOT_LINE_API_BASE": self.line.url,
            "HELPBOT_SLACK_SIGNING_SECRET": fake_slack.SECRET,
            "HELPBOT_SLACK_BOT_TOKEN": fake_slack.TOKEN,
            "HELPBOT_SLACK_API_BASE": f"{self.slack.url}/api",
        }

    @contextlib.contextmanager
    def running(self) -> Iterator["Whole"]:
        """Run until the block ends; it begins when the bot is ready."""
        with self.line.serving(), self.slack.serving(), (self.folder / "up.log").open("wb") as log:
            self.process = subprocess.Popen(
                [API_PYTHON, "-m", "tools.up"], cwd=ROOT, env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            began = time.monotonic()
            try:
                self._wait_until_ready(began)
                yield self
            finally:
                self.process.terminate()
                self.process.wait(60)

    def _wait_until_ready(self, began: float) -> None:
        while "Ready: " not in (self.folder / "up.log").read_text("utf-8"):
            waited = time.monotonic() - began
            if self.process.poll() is not None or waited > _PATIENCE_SECONDS:
                raise RuntimeError(f"the bot did not start: {self.folder}/up.log and log/")
            if "accepts" not in self.times and answers(f"{self.url}/healthz"):
                self.times.update(accepts=time.monotonic() - began, gateway=self._gateway_age())
            time.sleep(0.1)
        self.times["ready"] = time.monotonic() - began

    def _gateway_age(self) -> float:
        """Return the seconds since the gateway's process began."""
        found = [each for each in family(self.process.pid) if kind(each) == "gateway"]
        return time.time() - max(each.create_time() for each in found)
