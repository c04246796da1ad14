"""What is written through one process is heard in another one."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from api.channels.web import events, service
from api.chat.bell import Bell
from api.chat.exchange.wiring import wire_exchange
from api.kit.database import Database
from api.settings import Settings


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "not in time"
        await asyncio.sleep(0.01)


@pytest.fixture
async def bells(settings: Settings) -> AsyncIterator[tuple[Bell, Bell]]:
    """The bells of two processes, both connected."""
    made, database = (Bell(), Bell()), Database(settings.database_url)
    tasks = [asyncio.create_task(wire_exchange(database, each).run()) for each in made]
    await until(lambda: all(each.hears_others for each in made))
    yield made
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_ring_is_heard_in_the_other_process(bells: tuple[Bell, Bell]) -> None:
    here, there = bells
    with there.listening("c-1") as ear:
        here.ring("c-1")
        began = time.monotonic()
        await ear.next_ring(10)
        assert time.monotonic() - began < 1


async def test_a_ring_about_another_conversation_wakes_nobody(bells: tuple[Bell, Bell]) -> None:
    here, there = bells
    with there.listening("c-1") as ear:
        here.ring("c-2")
        began = time.monotonic()
        await ear.next_ring(0.5)
        assert time.monotonic() - began >= 0.5


async def test_who_listens_for_anything_is_woken_from_afar(bells: tuple[Bell, Bell]) -> None:
    here, there = bells
    with there.listening() as ear:
        here.ring("c-1")
        began = time.monotonic()
        await ear.next_ring(10)
        assert time.monotonic() - began < 1


def test_the_polls_are_too_slow_to_be_what_the_scenario_measures() -> None:
    """tests/api/chat/test_two_gateways.py wants an event within a second."""
    patient = Bell()
    patient.hears_others = True
    assert patient.patience(events._POLL_SECONDS) > 2
    assert patient.patience(service._POLL_SECONDS) > 1
