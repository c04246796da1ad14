"""Where several processes share a SQLite file, those somebody waits for write first."""

import asyncio
import time
from pathlib import Path

import pytest

from api.kit.precedence import Precedence


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gateway.db"


async def waited(patient: Precedence) -> float:
    began = time.monotonic()
    await patient.given()
    return time.monotonic() - began


async def test_who_is_patient_waits_while_somebody_goes_before(file: Path) -> None:
    first, patient = Precedence(file), Precedence(file)
    with first.taken():
        waiting = asyncio.ensure_future(patient.given())
        await asyncio.sleep(0.03)
        assert not waiting.done()
    await asyncio.wait_for(waiting, 0.05)


async def test_and_is_let_in_after_a_tenth_of_a_second_whatever_comes(file: Path) -> None:
    with Precedence(file).taken():
        assert 0.1 <= await waited(Precedence(file)) < 0.5


async def test_nobody_waits_where_nobody_goes_before(file: Path) -> None:
    with Precedence(file).taken():
        pass
    assert await waited(Precedence(file)) < 0.05


async def test_it_stays_taken_until_the_last_of_a_process_has_written(file: Path) -> None:
    first = Precedence(file)
    with first.taken():
        with first.taken():
            pass
        assert await waited(Precedence(file)) >= 0.1


async def test_those_who_go_before_do_not_wait_for_each_other(file: Path) -> None:
    with Precedence(file).taken():
        began = time.monotonic()
        with Precedence(file).taken():
            assert time.monotonic() - began < 0.05


async def test_who_dies_gives_it_back(file: Path) -> None:
    dead = Precedence(file)
    taken = dead.taken()
    taken.__enter__()
    dead.close()
    assert await waited(Precedence(file)) < 0.05


async def test_without_a_folder_for_the_file_nobody_waits(tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "gateway.db"
    with Precedence(nowhere).taken():
        assert await waited(Precedence(nowhere)) < 0.05
