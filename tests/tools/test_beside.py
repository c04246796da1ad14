"""Suites that run side by side take turns where one of them takes times."""

import time
from pathlib import Path
from threading import Event, Thread

from tests.support.beside import turn


class Visitor:
    """Takes a turn in a thread of its own and keeps it until told to go."""

    def __init__(self, path: Path, *, alone: bool) -> None:
        self.inside, self._go = Event(), Event()
        self._thread = Thread(target=self._visit, args=(path, alone), daemon=True)
        self._thread.start()

    def _visit(self, path: Path, alone: bool) -> None:
        with turn(path, alone=alone):
            self.inside.set()
            self._go.wait(10)

    def leave(self) -> None:
        self._go.set()
        self._thread.join(10)


def test_two_suites_run_side_by_side(tmp_path: Path) -> None:
    first, second = (Visitor(tmp_path / "room", alone=False) for _ in range(2))
    assert first.inside.wait(5)
    assert second.inside.wait(5)


def test_who_takes_times_waits_for_the_others(tmp_path: Path) -> None:
    first = Visitor(tmp_path / "room", alone=False)
    first.inside.wait(5)
    timed = Visitor(tmp_path / "room", alone=True)
    assert not timed.inside.wait(0.2)
    first.leave()
    assert timed.inside.wait(5)


def test_nobody_comes_in_while_times_are_taken(tmp_path: Path) -> None:
    timed = Visitor(tmp_path / "room", alone=True)
    timed.inside.wait(5)
    other = Visitor(tmp_path / "room", alone=False)
    assert not other.inside.wait(0.2)
    timed.leave()
    assert other.inside.wait(5)


def test_nobody_overtakes_who_waits_to_be_alone(tmp_path: Path) -> None:
    first = Visitor(tmp_path / "room", alone=False)
    first.inside.wait(5)
    timed = Visitor(tmp_path / "room", alone=True)
    time.sleep(0.1)
    late = Visitor(tmp_path / "room", alone=False)
    first.leave()
    assert timed.inside.wait(5)
    assert not late.inside.wait(0.2)
