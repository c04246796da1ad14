"""A talk on LINE goes on for months, and each of its turns costs what one of a new talk does."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from api.chat.base import GatewayBase
from tests.api.chat.conftest import Core

QUESTION, ANSWER = "パスワードを忘れました", "password_forgot"


@pytest.fixture
def loaded() -> Iterator[Counter[str]]:
    """Count the rows that are read whole, by their table."""
    seen: Counter[str] = Counter()

    def note(row: GatewayBase, _context: object) -> None:
        seen[row.__tablename__] += 1

    event.listen(GatewayBase, "load", note, propagate=True)
    yield seen
    event.remove(GatewayBase, "load", note)


async def talk(core: Core, turns: int) -> None:
    for _ in range(turns):
        await core.hear(QUESTION, ANSWER)
        core.clock.move(seconds=5)
    await core.services.review.digests.step()


async def test_a_late_turn_reads_no_more_rows_whole_than_an_early_one(
    core: Core, loaded: Counter[str]
) -> None:
    await talk(core, 5)
    loaded.clear()
    await talk(core, 1)
    early = loaded.copy()
    await talk(core, 80)
    loaded.clear()
    await talk(core, 1)
    assert early
    assert loaded == early
