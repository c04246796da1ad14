"""`make demo-line`, `make demo-slack`: talk with the bot through a fake platform."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine, LineUser
from tests.fakes.slack import FakeSlack, SlackUser
from tests.support.servers import API_PYTHON, ROOT, free_port
from tools.environment import PORTS

READY = re.compile(r"Ready: (http\S+?)/ ")


@contextmanager
def bot(**platform: str) -> Iterator[str]:
    """Run the whole bot beside any other, in a folder of its own; yield its address."""
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        ports = {name: str(free_port()) for name in PORTS}
        log = Path(folder) / "up.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [API_PYTHON, "-m", "tools.up"],
                cwd=ROOT, env={**os.environ, **ports, **platform, "HELPBOT_VAR": f"{folder}/var"},
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        try:
            while not (ready := READY.search(log.read_text("utf-8"))):
                if process.poll() is not None:
                    sys.exit(log.read_text("utf-8"))
                time.sleep(0.2)
            yield ready[1]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


class LineTalk:
    """One person on LINE."""

    def __init__(self, fake: FakeLine, address: str) -> None:
        self.fake = fake
        self.user = LineUser(fake, f"{address}/channels/line/webhook")

    def begin(self) -> None:
        """Add the bot as a friend."""
        self.user.deliver(self.user.event("follow", follow={"isUnblocked": False}))

    def say(self, text: str) -> None:
        """Send a text."""
        self.user.deliver(self.user.text(text))

    def tap(self, data: str) -> None:
        """Tap a button."""
        self.user.deliver(self.user.event("postback", postback={"data": data}))

    def show(self, entry: dict[str, Any]) -> list[tuple[str, str]]:
        """Print an answer; return label and data of its buttons."""
        for message in entry["body"]:
            print(f"\n{message['text']}")
        items = entry["body"][-1].get("quickReply", {}).get("items", [])
        return [(each["action"]["label"], each["action"]["data"]) for each in items]


class SlackTalk:
    """One person in Slack."""

    def __init__(self, fake: FakeSlack, address: str) -> None:
        self.fake, self.user = fake, SlackUser(fake, address)

    def begin(self) -> None:
        """Greet the bot."""
        self.say("こんにちは")

    def say(self, text: str) -> None:
        """Send a direct message."""
        self.user.deliver(self.user.text(text))

    def tap(self, data: str) -> None:
        """Tap a button under the latest post."""
        self.user.tap(list(self.fake.posts.values())[-1], data)

    def show(self, entry: dict[str, Any]) -> list[tuple[str, str]]:
        """Print an answer and what only this person sees; return the buttons."""
        time.sleep(0.3)
        alone, self.fake.ephemeral = self.fake.ephemeral, []
        blocks = [*entry["body"], *(block for each in alone for block in each["blocks"])]
        found = []
        for block in blocks:
            if block["type"] == "section":
                print(f"\n{block['text']['text']}")
            for each in block.get("elements", []):
                if "url" in each:
                    print(f"  {each['text']['text']}: {each['url']}")
                elif "value" in each:
                    found.append((each["text"]["text"], each["value"]))
        return found


def talk(person: LineTalk | SlackTalk) -> None:
    """Print answers and read lines until the input ends; a number taps a button."""
    seen, buttons = 0, list[tuple[str, str]]()
    person.begin()
    while True:
        person.fake.wait_for(seen + 1, 60)
        for entry in person.fake.accepted[seen:]:
            buttons = person.show(entry)
        seen = len(person.fake.accepted)
        for number, (label, _) in enumerate(buttons, 1):
            print(f"  [{number}] {label}")
        print("\n> ", end="", flush=True)
        if not (line := sys.stdin.readline().strip()):
            return
        if line.isdigit() and 0 < int(line) <= len(buttons):
            person.tap(buttons[int(line) - 1][1])
        else:
            person.say(line)


def main() -> None:
    """Talk on the platform that is named, then print what it counted."""
    fake: FakeLine | FakeSlack
    if sys.argv[1] == "line":
        fake, talker, platform = FakeLine(), LineTalk, {
            "HELPBOT_LINE_CHANNEL_SECRET": fake_line.SECRET,
            "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN": fake_line.TOKEN,
        }  # fmt: skip
        platform["HELPBOT_LINE_API_BASE"] = fake.url
    else:
        fake, talker, platform = FakeSlack(), SlackTalk, {
            "HELPBOT_SLACK_SIGNING_SECRET": fake_slack.SECRET,
            "HELPBOT_SLACK_BOT_TOKEN": fake_slack.TOKEN,
        }  # fmt: skip
        platform["HELPBOT_SLACK_API_BASE"] = f"{fake.url}/api"
    print("Starting the bot; this takes some seconds. An empty line ends the talk.", flush=True)
    with fake.serving(), bot(**platform) as address:
        talk(talker(fake, address))  # type: ignore[arg-type]
        print(json.dumps({"calls": fake.calls, "refused": fake.refused}, ensure_ascii=False))


if __name__ == "__main__":
    main()
