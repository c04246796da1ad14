"""What is asked again and again finds its rows by an index, however much stands in the tables."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from api.chat.inbox.repository import _claimable
from api.chat.outbox.repository import _due
from api.kit.database import Database
from api.review.digests.repository import _news, _rated
from api.settings import Settings
from tests.support.databases import ON_POSTGRES

NOW = datetime(2026, 11, 24, tzinfo=UTC)


async def plan(settings: Settings, statement: Select[Any]) -> str:
    """Return how SQLite would find it, its parameters unknown as they are to a planner."""
    compiled = str(
        statement.params(now=NOW, horizon=NOW, without=["web"]).compile(
            dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}
        )
    )
    database = Database(settings.database_url)
    async with database.reading() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql(
            f"explain query plan {compiled}", (None,) * compiled.count("?")
        )
        found = "\n".join(str(row[-1]) for row in rows.all())
    await database.close()
    return found


async def test_what_is_done_is_not_read_to_find_the_next_message(settings: Settings) -> None:
    if not ON_POSTGRES:
        assert "ix_inbox_conversation_id_sent_at_sequence" in await plan(settings, _claimable(1))


async def test_what_is_delivered_is_not_read_to_find_the_next_delivery(
    settings: Settings,
) -> None:
    if not ON_POSTGRES:
        assert "ix_outbox_conversation_id_created_at" in await plan(settings, _due(1))


async def test_what_was_answered_long_ago_is_not_read_for_the_digests(settings: Settings) -> None:
    if not ON_POSTGRES:
        assert "ix_inbox_answered_at" in await plan(settings, _news(NOW, 200))


async def test_what_was_rated_long_ago_is_not_read_for_the_digests(settings: Settings) -> None:
    if not ON_POSTGRES:
        assert "ix_feedback_given_at" in await plan(settings, _rated(NOW))
