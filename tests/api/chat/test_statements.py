"""What happens on a person's way names the conversation, and where two tables that grow are joined,
they meet in it: a database spread over machines by conversations asks one machine, not all.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event, text

from api.channels.contract import Arrival, Kind
from api.chat.inbox.service import Incoming
from api.chat.outbox.relay import Relay
from api.review.conversations.filters import Filters
from api.review.export.repository import ExportRepository
from api.review.queue.repository import QueueRepository
from api.review.unanswered.repository import UnansweredRepository
from tests.api.chat.conftest import Core
from tests.api.chat.test_keys import KEY, growing, owner

# Looking for work goes over all conversations, once, without a lock; then one is named.
# (table, what such a statement has)
QUEUES = (("inbox", "NOT (EXISTS"), ("outbox", "NOT (EXISTS"))
READER = "s-test"


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
    """Return the statements on growing tables that name no conversation."""
    names = "|".join(table.name for table in growing())
    on_table = re.compile(rf"^(?:SELECT .*? FROM|UPDATE|DELETE FROM|INSERT INTO) ({names})\b")
    found = []
    for statement in statements:
        if not (match := on_table.match(statement)):
            continue
        table = match[1]
        named = re.search(rf"\b{table}\.{owner(table)} (?:=|IN) \(?(\?|%\()", statement)
        inserted = statement.startswith("INSERT") and owner(table) in statement
        queue = any(table == name and sign in statement for name, sign in QUEUES)
        if not (named or inserted or queue):
            found.append(statement)
    return found


def unfit(statements: list[str]) -> list[str]:
    """Return the joins and subqueries whose sides do not meet in the conversation."""
    joined = re.compile(r" JOIN \w+(?: AS \w+)? ON (.*?)(?= LEFT OUTER JOIN | JOIN | WHERE |$)")
    asked = re.compile(r"EXISTS \(SELECT \S+ FROM \w+(?: AS \w+)? WHERE (.*?)(?: AND |\))")
    conditions = [found for each in statements for found in joined.findall(each)]
    conditions += [found for each in statements for found in asked.findall(each)]
    return [each for each in conditions if not re.search(rf"\.{KEY} = \w+\.(?:{KEY}|id)\b", each)]


async def left_open(core: Core) -> None:
    """Leave a delivery to the relay, as on a platform."""
    undone = "UPDATE outbox SET delivered_at = NULL WHERE outbox.conversation_id = :id"
    async with core.services.database.transaction() as session:
        await session.execute(text(undone), {"id": core.conversation.id})


async def whole_turn(core: Core) -> None:
    """Accept, claim, answer, deliver, read, rate, tap, ask for an old one again."""
    services, conversation = core.services, core.conversation
    said = await core.hear("パスワードを忘れました", "password_forgot", event="first")
    assert said
    await left_open(core)
    relay = Relay(services.database, core.clock, services.relay._channels, services.relay._bell)
    assert await relay.step()
    history = await services.conversations.history(conversation.id)
    message = history.messages[0]
    await services.waiting.answer(message, 0)
    await services.conversations.said_to(message)
    await services.feedback.give(conversation.id, history.said[-1].reply.id, True, None)
    choice = next(choice for each in history.said for choice in each.choices)
    await services.inbox.accept(conversation, Incoming("tap", choice_id=choice.id))
    await services.inbox.accept(conversation, Incoming("first", "パスワードを忘れました"))
    await services.review.reading.transcript(conversation.id, READER)


async def elsewhere(core: Core) -> None:
    """Write on another platform, take it back, forget all."""
    arrivals = [
        Arrival("e-1", "someone", Kind.TEXT, "こまった", external_id="x"),
        Arrival("e-2", "someone", Kind.WITHDRAWN, "x"),
        Arrival("e-3", "someone", Kind.ERASE),
    ]
    await core.services.platforms.reception.take_all("line", arrivals)


async def staff_at_work(core: Core) -> None:
    """Digest, search, judge, look at figures, hand out."""
    review, conversation = core.services.review, core.conversation.id
    await review.digests.step()
    await review.reading.listed(Filters(topic="password_forgot", tag="x", q="忘れ"), READER)
    async with core.services.database.transaction() as session:
        queue = QueueRepository(session)
        message = await queue.next(READER, core.clock())
        assert message is not None
        await queue.claim(message, READER, core.clock())
        await queue.release(message)
        await queue.pairs()
        await queue.corrected()
        await ExportRepository(session).labelled([conversation])
        await UnansweredRepository(session).missed(core.clock(), 1)


async def test_every_statement_of_a_turn_names_its_conversation(
    core: Core, statements: list[str]
) -> None:
    await whole_turn(core)
    await elsewhere(core)
    assert len(statements) > 50
    assert strays(statements) == []


async def test_what_is_joined_meets_in_the_conversation(core: Core, statements: list[str]) -> None:
    await whole_turn(core)
    await staff_at_work(core)
    assert sum(" JOIN " in each for each in statements) >= 3
    assert unfit(statements) == []


def test_a_statement_that_names_none_is_found() -> None:
    assert strays(["SELECT replies.id FROM replies WHERE replies.in_reply_to = ?"])


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM inbox JOIN outbox ON outbox.message_id = inbox.id WHERE 1",
        "SELECT 1 FROM inbox WHERE NOT (EXISTS (SELECT * FROM v WHERE v.message_id = inbox.id))",
    ],
)
def test_sides_that_meet_in_a_message_only_are_found(statement: str) -> None:
    assert unfit([statement])
