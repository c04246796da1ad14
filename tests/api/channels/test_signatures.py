"""Nobody but the platform itself is heard: 401, and nothing is written down."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from api.channels.line import verify as line
from api.channels.slack import verify as slack
from tests.api.channels.conftest import Bot
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import LineUser
from tests.fakes.slack import SlackUser

BODY = b'{"events": []}'
ODD = ("", " ", "=", "v0=", "v0=é", "鍵", "\x00", "a" * 100_000, "null", "==" * 500, "\ud83d")


def bad_signatures(good: str, count: int) -> Iterator[str]:
    """Yield odd ones, then copies of the good one with one letter wrong or missing."""
    yield from ODD
    source = random.Random(7)
    for _ in range(count - len(ODD)):
        place = source.randrange(len(good))
        other = chr((ord(good[place]) + 1 - 33) % 94 + 33)
        yield good[:place] + source.choice([other, ""]) + good[place + 1 :]


def test_a_thousand_bad_line_signatures_are_seen() -> None:
    good = line.sign("secret", BODY)
    assert line.is_signed("secret", BODY, good)
    bad = list(bad_signatures(good, 1000))
    assert [each for each in bad if line.is_signed("secret", BODY, each)] == []


def test_a_thousand_bad_slack_signatures_are_seen() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    stamp = str(int(now.timestamp()))
    good = slack.sign("secret", BODY, stamp)
    assert slack.is_signed("secret", BODY, stamp, good, now)
    bad = list(bad_signatures(good, 1000))
    assert [each for each in bad if slack.is_signed("secret", BODY, stamp, each, now)] == []


async def test_a_bad_line_signature_is_refused_and_leaves_nothing(bot: Bot) -> None:
    headers = [[], [("x-line-signature", "x")], [("x-line-signature", "é".encode())]]
    good = line.sign(fake_line.SECRET, BODY)
    headers.append([("x-line-signature", good), ("x-line-signature", good)])
    for each in headers:
        answer = await bot.client.post("/channels/line/webhook", content=BODY, headers=each)
        assert answer.status_code == 401
    assert await bot.rows("select 1 from inbox union all select 1 from conversations") == []


async def test_the_signature_is_over_the_raw_bytes(bot: Bot, user: LineUser) -> None:
    raw = b'{ "events" : [ ] }'
    signature = {"x-line-signature": line.sign(fake_line.SECRET, BODY)}
    answer = await bot.client.post("/channels/line/webhook", content=raw, headers=signature)
    assert answer.status_code == 401


STAMPS = ("abc", "", "1e400", "-1", "９", "0", "9" * 400, "nan", "1.5")


@pytest.mark.parametrize("stamp", STAMPS)
async def test_a_garbage_timestamp_is_refused(bot: Bot, member: SlackUser, stamp: str) -> None:
    headers = {
        slack.TIMESTAMP: stamp.encode(),
        slack.SIGNATURE: slack.sign(fake_slack.SECRET, BODY, stamp).encode(),
    }
    answer = await bot.client.post("/channels/slack/events", content=BODY, headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize(("age", "status"), [(299, 200), (-290, 200), (302, 401), (-310, 401)])
async def test_slack_is_believed_for_five_minutes(
    bot: Bot, member: SlackUser, age: int, status: int
) -> None:
    answer = await member.deliver(member.text("x"), client=bot.client, at=time.time() - age)
    assert answer.status_code == status
