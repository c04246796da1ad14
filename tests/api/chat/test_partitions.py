"""Tables spread over parts by conversation (docs/partitions.sql) are the same tables.

`HELPBOT_TEST_PARTITIONS=yes HELPBOT_TEST_DATABASE=postgres` runs any test on them.
"""

import asyncio
from collections.abc import Callable, Iterator
from itertools import count

import psycopg
import pytest

from api.app import create_app
from api.kit import migrations
from api.migrate import SCRIPTS
from api.settings import Settings
from tests.api.chat.test_keys import growing
from tests.api.conftest import begin, serving
from tests.support.databases import PARTITIONS
from tests.support.postgres import Cluster, cluster

RULES = (
    "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
    "where conparentid = 0 and conrelid in (select oid from pg_class where not relispartition)"
)
INDEXES = (
    "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = 'public' and c.relkind in ('i', 'I') and not c.relispartition"
)
_NUMBERS = count()
Ask = Callable[[str], set[tuple[str, ...]]]


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster() as made:
        asyncio.run(migrations.upgrade(made.create("migrated"), SCRIPTS))
        yield made


@pytest.fixture
def database_url(server: Cluster) -> str:
    return server.create(f"copy-{next(_NUMBERS)}", "migrated")


@pytest.fixture
def ask(database_url: str) -> Ask:
    def run(query: str) -> set[tuple[str, ...]]:
        with psycopg.connect(database_url, autocommit=True) as connection:
            cursor = connection.execute(query)
            return {*cursor.fetchall()} if cursor.description else set()

    return run


@pytest.fixture
def spread(ask: Ask) -> Callable[[], None]:
    return lambda: ask(PARTITIONS.read_text("utf-8")) and None


def test_every_table_that_grows_is_in_parts(ask: Ask, spread: Callable[[], None]) -> None:
    spread()
    found = {name for (name,) in ask("select relname from pg_class where relkind = 'p'")}
    assert found >= {table.name for table in growing()}


def test_keys_and_references_stay(ask: Ask, spread: Callable[[], None]) -> None:
    before = ask(RULES)
    spread()
    assert ask(RULES) == before


def test_indexes_stay(ask: Ask, spread: Callable[[], None]) -> None:
    before = ask(INDEXES)
    spread()
    assert ask(INDEXES) == before


async def test_a_conversation_goes_on_where_it_was(
    settings: Settings, spread: Callable[[], None]
) -> None:
    async with serving(create_app(settings)) as client:
        talk = await begin(client)
        await talk.ask("ワンタイムパスワードが届きません")
        before = await talk.history()
    spread()
    async with serving(create_app(settings)) as client:
        talk.client = client
        await talk.ask("パスワードを忘れました")
        assert (await talk.history())[: len(before)] == before
