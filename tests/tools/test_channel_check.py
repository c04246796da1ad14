"""One sentence says what is wrong with a platform's setup."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tools.channel_check import problems


@pytest.fixture(scope="module")
def line() -> Iterator[FakeLine]:
    with FakeLine().serving() as fake:
        yield fake


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with FakeSlack().serving() as fake:
        yield fake


@pytest.fixture
def values(line: FakeLine, slack: FakeSlack) -> dict[str, str]:
    return {
        "HELPBOT_PUBLIC_URL": "https://bot.example",
        "HELPBOT_LINE_CHANNEL_SECRET": fake_line.SECRET,
        "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN": fake_line.TOKEN,
        "HELPBOT_LINE_API_BASE": line.url,
        "HELPBOT_SLACK_SIGNING_SECRET": fake_slack.SECRET,
        "HELPBOT_SLACK_BOT_TOKEN": fake_slack.TOKEN,
        "HELPBOT_SLACK_API_BASE": f"{slack.url}/api",
    }


def said(values: dict[str, str], ahead: timedelta = timedelta(0)) -> list[str]:
    with httpx.Client() as http:
        return list(problems(values, http, datetime.now(UTC) + ahead))


def test_nothing_is_said_where_all_is_well(values: dict[str, str]) -> None:
    assert said(values) == []


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("HELPBOT_LINE_CHANNEL_ACCESS_TOKEN", "wrong", "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN"),
        ("HELPBOT_LINE_CHANNEL_SECRET", "", "HELPBOT_LINE_CHANNEL_SECRET"),
        ("HELPBOT_PUBLIC_URL", "https://other.example", "webhook URL"),
        ("HELPBOT_SLACK_BOT_TOKEN", "wrong", "HELPBOT_SLACK_BOT_TOKEN"),
        ("HELPBOT_SLACK_API_BASE", "http://127.0.0.1:9/api", "network"),
    ],
)
def test_a_wrong_value_is_named(values: dict[str, str], name: str, value: str, word: str) -> None:
    (sentence,) = said({**values, name: value})
    assert word in sentence


def test_a_wrong_secret_is_found_by_the_webhook_test(
    values: dict[str, str], line: FakeLine
) -> None:
    line.webhook_works = False
    try:
        (sentence,) = said(values)
    finally:
        line.webhook_works = True
    assert "HELPBOT_LINE_CHANNEL_SECRET" in sentence


def test_a_clock_that_is_six_minutes_fast_is_found(values: dict[str, str]) -> None:
    assert all("clock" in each for each in said(values, timedelta(minutes=6)))
    assert len(said(values, timedelta(minutes=6))) == 2


def test_where_nothing_is_set_up_nothing_is_wrong() -> None:
    assert said({}) == []
