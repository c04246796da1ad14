"""The drill: a backup while people write, an erasure after it, a restore, and what is left then."""

import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.scenarios.conftest import Person, Stack, wait_until
from tests.support.servers import API_PYTHON, ROOT

FORGOT, SECRET = "パスワードを忘れました", "ひみつのしんだんしょ"
LATER = "あとからきたひとのことば"


@dataclass
class Drill:
    """What was accepted when, and the stack after the restore."""

    stack: Stack
    kept: Person
    gone: Person
    later: Person
    before: list[str]
    output: str = ""
    written: list[str] = field(default_factory=list)

    def history(self, person: Person) -> list[dict]:
        return person.http.get(person.path, headers=person.headers).json()["messages"]

    def files_with(self, word: str) -> list[Path]:
        forms = (word.encode(), word.encode("unicode_escape"))
        # A backup keeps what was erased later until it is thrown away after 30 days.
        files = [path for path in self.stack.var.rglob("*") if "backups" not in path.parts]
        found = ((path, path.read_bytes()) for path in files if path.is_file())
        return [path for path, content in found if any(form in content for form in forms)]


def run(stack: Stack, command: str) -> str:
    done = subprocess.run(
        [API_PYTHON, "-m", command],
        cwd=ROOT, env=stack.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def backed_up_under_traffic(stack: Stack, writers: int = 3) -> list[str]:
    """Take a backup while several people write; return what was accepted from its beginning on."""
    stop, written = threading.Event(), list[str]()

    def write() -> None:
        while not stop.is_set():
            person = Person(stack.address)
            written.append(person.sends(FORGOT))
            person.http.close()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: len(written) >= writers)
        # A backup takes half a second; on a busy machine nobody may come through in that time.
        for _ in range(10):
            began = len(written)
            run(stack, "tools.backup")
            if during := written[began:]:
                return during
            time.sleep(1)  # a folder is named by its second
        return []
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    stack = Stack(tmp_path_factory.mktemp("drill") / "var")
    stack.up()
    kept, gone = Person(stack.address), Person(stack.address)
    before = [kept.writes(text)["message_id"] for text in (FORGOT, "アカウントがロックされました")]
    gone.writes(f"{SECRET}を書きました。{FORGOT}")
    written = backed_up_under_traffic(stack)
    erased = gone.http.delete(gone.path.removesuffix("/messages"), headers=gone.headers)
    assert erased.json()["receipt"]
    later = Person(stack.address)
    later.writes(f"{LATER}。{FORGOT}")
    stack.stop()
    output = run(stack, "tools.restore")
    stack.up()
    yield Drill(stack, kept, gone, later, before, output, written)
    stack.stop()


def test_the_backup_was_taken_while_people_wrote(drill: Drill) -> None:
    assert drill.written


def test_the_restore_says_what_was_erased_again(drill: Drill) -> None:
    assert "1 erased again" in drill.output


def test_every_message_from_before_is_back_with_its_answer(drill: Drill) -> None:
    history = drill.history(drill.kept)
    assert [each["id"] for each in history if each["from"] == "person"] == drill.before
    answered = {each["in_reply_to"] for each in history if each["from"] == "bot"}
    assert set(drill.before) <= answered


def test_the_backup_held_what_was_erased_after_it(drill: Drill) -> None:
    """Otherwise the next test would prove nothing."""
    *_, saved = sorted((drill.stack.var / "backups").glob("*/gateway.db"))
    assert SECRET.encode() in saved.read_bytes()


def test_what_was_erased_is_in_no_file(drill: Drill) -> None:
    assert drill.files_with(SECRET) == []


def test_an_erased_conversation_stays_closed(drill: Drill) -> None:
    answer = drill.gone.http.get(drill.gone.path, headers=drill.gone.headers)
    assert answer.status_code == 401


def test_what_came_after_the_backup_is_gone_from_rasas_memory_too(drill: Drill) -> None:
    assert drill.files_with(LATER) == []


def test_the_talk_goes_on_after_the_restore(drill: Drill) -> None:
    assert drill.kept.hears("求人が見つかりません")["topics"] == ["search_no_results"]


def test_a_new_person_is_answered(drill: Drill) -> None:
    assert Person(drill.stack.address).hears(FORGOT)["topics"] == ["password_forgot"]
