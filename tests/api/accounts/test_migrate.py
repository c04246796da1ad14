"""The tables come from Alembic alone, go away again, and are those of the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from api.accounts.app import create_app
from api.accounts.migrate import SCRIPTS
from api.accounts.models import Base
from api.kit.database import Database
from api.kit.migrations import downgrade, upgrade

TABLES = {"accounts", "audit", "challenges", "handles", "maintenances", "resends", "tries"}


@pytest.fixture
def url(migrated, tmp_path):
    """A database without tables."""
    return migrated.empty(tmp_path)


@pytest.fixture
def tables(url):
    async def names():
        database = Database(url)
        async with database.engine.connect() as connection:
            found = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        await database.close()
        return set(found) - {"alembic_version"}

    return names


async def test_up_lays_the_tables(url, tables):
    await upgrade(url, SCRIPTS)
    assert await tables() == TABLES


async def test_down_takes_all_of_them_away(url, tables):
    await upgrade(url, SCRIPTS)
    await downgrade(url, SCRIPTS)
    assert await tables() == set()


async def test_up_works_again_after_down(url, tables):
    await upgrade(url, SCRIPTS)
    await downgrade(url, SCRIPTS)
    await upgrade(url, SCRIPTS)
    assert await tables() == TABLES


async def test_a_missing_folder_is_made(tmp_path):
    await upgrade(f"sqlite+aiosqlite:///{tmp_path}/var/accounts.db", SCRIPTS)
    assert (tmp_path / "var" / "accounts.db").exists()


async def test_the_migrated_tables_are_those_of_the_models(url, database):
    await upgrade(url, SCRIPTS)

    def differences(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_starting_the_app_makes_no_tables(settings, tables):
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        assert await tables() == set()
