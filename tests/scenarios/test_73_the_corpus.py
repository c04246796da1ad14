"""Everything personal we can think of goes through every door; then every file is searched."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import yaml

from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tests.scenarios.beside import link_in
from tests.scenarios.conftest import Person, Stack
from tests.scenarios.platforms import OnLine, OnSlack
from tests.support.servers import ROOT

CORPUS = yaml.safe_load((ROOT / "tests/data/masking/positives.yml").read_text("utf-8"))
LOCK = "アカウントがロックされているか調べてください"
# Shorter ones, and the plain word "password", stand in every log by chance.
LONG_ENOUGH, A_TALK, DOORS = 8, 50, 4
# Every fourth row here, and of these every fourth on LINE and in Slack, where one waits for each
# answer; `make nightly` sends them all.
SHARE = 4


def forms(secret: str) -> set[bytes]:
    """Return the spellings in which a file may hold it: as it is, escaped for JSON, for Python."""
    escaped = secret.encode("unicode_escape")
    return {secret.encode(), escaped, escaped.replace(b"\\", b"\\\\")}


def tell(stack: Stack, rows: list[dict[str, str]]) -> None:
    person = Person(stack.address)
    sent = [person.sends(row["text"]) for row in rows]
    person.answers_to(sent[-1], seconds=120)
    person.http.close()


def test_no_database_log_or_tracker_holds_anything_of_the_corpus(
    stack: Stack, person: Person, line: FakeLine, slack: FakeSlack
) -> None:
    drive(stack, person, CORPUS[::SHARE])
    drive_platforms(stack, line, slack, CORPUS[:: SHARE * SHARE])
    assert leaks(stack.var) == []
    assert repeated(line, slack) == []


def drive(stack: Stack, person: Person, corpus: list[dict[str, str]]) -> None:
    """Send the rows through the chat, several talks at once, and some through the form."""
    talks = [corpus[place : place + A_TALK] for place in range(0, len(corpus), A_TALK)]
    with ThreadPoolExecutor(DOORS) as doors:
        list(doors.map(lambda rows: tell(stack, rows), talks))
    link = link_in(person.hears(LOCK))
    for row in corpus[::20]:
        httpx.post(link, data={"person": row["secret"][:64], "mail": row["secret"], "action": "x"})


def drive_platforms(
    stack: Stack, line: FakeLine, slack: FakeSlack, corpus: list[dict[str, str]]
) -> None:
    """Send the rows on LINE and in Slack, by people who do not write too much each."""
    for place in range(0, len(corpus), A_TALK):
        for somebody in (OnLine(stack, line), OnSlack(stack, slack)):
            for row in corpus[place : place + A_TALK]:
                somebody.writes(row["text"])


def repeated(line: FakeLine, slack: FakeSlack) -> list[str]:
    """Return the secrets that the bot said back on a platform."""
    sent = [line.accepted, slack.accepted, slack.ephemeral, list(slack.posts.values())]
    said = json.dumps(sent, ensure_ascii=False)
    return [row["secret"] for row in CORPUS if _telling(row["secret"]) and row["secret"] in said]


def leaks(folder: Path) -> list[tuple[str, str]]:
    secrets = {row["secret"] for row in CORPUS if _telling(row["secret"])}
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found += [(path.name, each) for each in secrets if any(f in content for f in forms(each))]
    return found


def _telling(secret: str) -> bool:
    return len(secret) >= LONG_ENOUGH and not (secret.isascii() and secret.isalpha())
