"""Two of everything on PostgreSQL: one of each dies, all are restarted, the model is swapped.

Nothing is lost, nothing stays silent. At five messages a second, on LINE and Slack.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.checker import check
from tests.faults.traffic import Traffic
from tests.nightly.machines import Machines
from tests.support.postgres import cluster

RATE, LIMIT_SECONDS = 5.0, 120.0


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with cluster() as server, Machines(tmp_path_factory.mktemp("machines"), server) as running:
        yield running


def bad(machines: Machines, meanwhile: Callable[[], Awaitable[None]]) -> dict[str, int]:
    """Return what went wrong with the messages that were sent while something was done."""

    async def drive() -> tuple[Traffic, float]:
        traffic = Traffic(machines, RATE)
        sending = asyncio.create_task(traffic.run(1_000))
        await asyncio.sleep(2)
        await meanwhile()
        await asyncio.sleep(2)
        sending.cancel()
        return traffic, await traffic.settled(LIMIT_SECONDS)

    traffic, settled = asyncio.run(drive())
    assert settled >= 0, "not all was answered in time"
    found = check(machines, traffic.sent).as_dict()
    assert found["accepted"] > 10
    return {name: found[name] for name in ("lost", "silent", "out_of_order") if found[name]}


@pytest.mark.parametrize("part", ["api", "worker", "rasa"])
def test_one_of_each_may_die(machines: Machines, part: str) -> None:
    async def fault() -> None:
        machines.kill(part)
        await asyncio.sleep(20)

    assert bad(machines, fault) == {}


def test_all_may_be_restarted_one_after_the_other(machines: Machines) -> None:
    async def fault() -> None:
        for part in machines.parts:
            await asyncio.to_thread(machines.restart, part)

    assert bad(machines, fault) == {}


def test_the_model_may_be_swapped(machines: Machines) -> None:
    name, answered = "helpbot-0000.tar.gz", []

    async def fault() -> None:
        answered.extend(await asyncio.to_thread(machines.swap, name))

    try:
        assert bad(machines, fault) == {}
        assert answered == [200, 200]
    finally:
        (Path(machines._model).parent / name).unlink(missing_ok=True)
