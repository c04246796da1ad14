"""The console's lists are read from a streaming replica: a real one, made by pg_basebackup."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.kit import migrations
from api.migrate import SCRIPTS
from api.settings import Settings
from tests.api.review.conftest import Staff
from tests.api.review.told import Teller, Told
from tests.support.databases import ON_POSTGRES
from tests.support.postgres import Cluster, cluster

pytestmark = pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no replicas")
NAME, LIST = "gateway", "/staff/conversations"


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    with cluster() as primary:
        asyncio.run(migrations.upgrade(primary.create(NAME), SCRIPTS))
        with primary.replica() as replica:
            yield primary, replica


@pytest.fixture
def replica(pair: tuple[Cluster, Cluster]) -> Cluster:
    return pair[1]


@pytest.fixture
def settings(settings: Settings, pair: tuple[Cluster, Cluster], tmp_path: Path) -> Settings:
    addresses = {"database_url": pair[0].url(NAME), "read_database_url": pair[1].url(NAME)}
    return settings.model_copy(update=addresses)


async def shows(browser, words: str, seconds: float) -> bool:
    """Say whether the list shows the words within so long."""
    deadline = time.monotonic() + seconds
    while words not in (await browser.get(LIST)).text:
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.1)
    return True


async def test_the_list_shows_what_the_replica_knows_and_no_more(
    staff: Staff, teller: Teller, replica: Cluster
) -> None:
    browser = await staff("reviewer")
    await teller.tell(Told("まえのはなし"))
    assert await shows(browser, "まえのはなし", 30)
    replica.sql("select pg_wal_replay_pause()")
    try:
        await teller.tell(Told("あとのはなし"))
        assert not await shows(browser, "あとのはなし", 1)
    finally:
        replica.sql("select pg_wal_replay_resume()")
    assert await shows(browser, "あとのはなし", 30)
