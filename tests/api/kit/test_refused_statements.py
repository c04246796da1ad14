"""Errors of the database reach the log; what people wrote must not come along."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.kit.database import Database


async def test_an_error_does_not_quote_what_was_to_be_written() -> None:
    database = Database("sqlite+aiosqlite://")
    async with database.reading() as session:
        with pytest.raises(SQLAlchemyError) as raised:
            await session.execute(text("insert into lost values (:words)"), {"words": "山田です"})
    await database.close()
    assert "山田" not in str(raised.value)
