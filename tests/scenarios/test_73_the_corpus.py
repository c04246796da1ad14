"""Everything personal we can think of goes through every door; then every file is searched."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import yaml

from tests.scenarios.beside import link_in
from tests.scenarios.conftest import Person, Stack
from tests.support.servers import ROOT

CORPUS = yaml.safe_load((ROOT / "tests/data/masking/positives.yml").read_text("utf-8"))
LOCK = "アカウントがロックされているか調べてください"
# Shorter ones stand in every log by chance.
LONG_ENOUGH, A_TALK, DOORS = 8, 50, 4


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
    stack: Stack, person: Person
) -> None:
    talks = [CORPUS[place : place + A_TALK] for place in range(0, len(CORPUS), A_TALK)]
    with ThreadPoolExecutor(DOORS) as doors:
        list(doors.map(lambda rows: tell(stack, rows), talks))
    link = link_in(person.hears(LOCK))
    for row in CORPUS[::20]:
        httpx.post(link, data={"person": row["secret"][:64], "mail": row["secret"], "action": "x"})
    assert leaks(stack.var) == []


def leaks(folder: Path) -> list[tuple[str, str]]:
    secrets = {row["secret"] for row in CORPUS if len(row["secret"]) >= LONG_ENOUGH}
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found += [(path.name, each) for each in secrets if any(f in content for f in forms(each))]
    return found
