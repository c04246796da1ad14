"""A conversation's rows lie together: its id leads a key of every table that grows, and what
happens on a person's way names it. A database spread over machines by that id needs no more.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Table, event

from api.chat.base import GatewayBase
from api.chat.inbox.service import Incoming
from api.chat.outbox.relay import Relay
from tests.api.chat.conftest import Core

# What the house writes of itself: a few rows a day. `erasures` forgets its conversation.
SMALL = {
    "staff", "staff_sessions", "staff_recovery_codes", "staff_login_failures", "staff_audit",
    "candidates", "models", "answer_versions", "live_checks", "notices", "kept_counts", "erasures",
}  # fmt: skip
KEY = "conversation_id"
# Looking for work goes over all conversations, once, without a lock; then one is named.
# (table, what such a statement has)
QUEUES = (("inbox", "NOT (EXISTS"), ("outbox", "NOT (EXISTS"))


def growing() -> list[Table]:
    tables = GatewayBase.metadata.tables.values()
    return [table for table in tables if table.name not in SMALL | {"conversations"}]


def leading(table: Table) -> set[str]:
    """Return the first columns of a table's keys."""
    keys = [table.primary_key.columns, *(index.columns for index in table.indexes)]
    return {next(iter(columns)).name for columns in keys}


@pytest.mark.parametrize("table", growing(), ids=lambda table: table.name)
def test_the_conversation_leads_a_key_of_every_table_that_grows(table: Table) -> None:
    assert KEY in leading(table)


@pytest.fixture
def statements(core: Core) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection, _cursor, statement: str, *_: object) -> None:
        said.append(" ".join(statement.split()))

    engine = core.services.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def strays(statements: list[str]) -> list[str]:
    """Return the statements on growing tables that do not name a conversation."""
    names = "|".join(table.name for table in growing())
    on_table = re.compile(rf"^(?:SELECT .*? FROM|UPDATE|DELETE FROM|INSERT INTO) ({names})\b")
    found = []
    for statement in statements:
        if not (match := on_table.match(statement)):
            continue
        table = match[1]
        named = re.search(rf"\b{table}\.{KEY} = (\?|%\()", statement)
        inserted = statement.startswith("INSERT") and KEY in statement
        queue = any(table == name and sign in statement for name, sign in QUEUES)
        if not (named or inserted or queue):
            found.append(statement)
    return found


async def whole_turn(core: Core) -> None:
    """Accept, claim, answer, deliver, read, rate, tap, ask for an old one again."""
    services, conversation = core.services, core.conversation
    said = await core.hear("パスワードを忘れました", "password_forgot", event="first")
    assert said
    relay = Relay(services.database, core.clock, services.relay._channels, services.relay._bell)
    assert await relay.step()
    history = await services.conversations.history(conversation.id)
    message = history.messages[0]
    await services.waiting.done(message, 0)
    await services.conversations.said_to(message)
    await services.feedback.give(conversation.id, history.said[-1].reply.id, True, None)
    choice = next(choice for each in history.said for choice in each.choices)
    await services.inbox.accept(conversation, Incoming("tap", choice_id=choice.id))
    await services.inbox.accept(conversation, Incoming("first", "パスワードを忘れました"))


async def test_every_statement_of_a_turn_names_its_conversation(
    core: Core, statements: list[str]
) -> None:
    await whole_turn(core)
    assert len(statements) > 20
    assert strays(statements) == []


def test_a_statement_that_names_none_is_found() -> None:
    assert strays(["SELECT replies.id FROM replies WHERE replies.in_reply_to = ?"])
