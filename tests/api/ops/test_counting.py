"""What this process did shows in its counters, without anybody's words."""

import re

import httpx
import pytest
from prometheus_client import generate_latest

from api.content.catalogue import load_catalogue
from api.ops.meter import Meter
from tests.api.conftest import Talk
from tests.api.ops.conftest import Figures, page, value


async def test_a_turn_is_counted_by_outcome_topic_and_channel(talk: Talk, figure: Figures) -> None:
    await talk.ask("パスワードを忘れました")
    labels = {"outcome": "answered", "topic": "password_forgot", "channel": "web"}
    assert await figure("helpbot_turns_total", **labels) == 1


async def test_asking_back_is_counted_as_fallback(talk: Talk, figure: Figures) -> None:
    await talk.ask("ぬるぽ")
    assert await figure("helpbot_turns_total", topic="fallback") == 1


async def test_a_message_sent_twice_is_counted_once(talk: Talk, figure: Figures) -> None:
    for _ in range(2):
        await talk.send("same", text="パスワードを忘れました")
    assert await figure("helpbot_turns_total") == 1


@pytest.mark.parametrize("step", ["inbox", "engine", "writing", "delivery"])
async def test_each_step_of_a_turn_is_timed(talk: Talk, figure: Figures, step: str) -> None:
    await talk.ask("パスワードを忘れました")
    await _until_delivered(figure)
    assert await figure("helpbot_step_seconds_count", step=step, channel="web") == 1


async def test_the_whole_answer_is_timed(talk: Talk, figure: Figures) -> None:
    await talk.ask("パスワードを忘れました")
    assert await figure("helpbot_answer_seconds_count", channel="web") == 1


async def test_an_answer_that_went_out_is_counted_by_its_way(talk: Talk, figure: Figures) -> None:
    await talk.ask("パスワードを忘れました")
    await _until_delivered(figure)
    assert await figure("helpbot_deliveries_total", channel="web", way="history") == 1


async def test_what_is_masked_is_counted_by_kind(talk: Talk, figure: Figures) -> None:
    await talk.ask("メールは hanako@example.jp、電話は 090-0000-1234 です")
    for kind in ("mail", "phone"):
        assert await figure("helpbot_masked_total", kind=kind) == 1


async def test_figures_hold_no_text_and_no_ids(talk: Talk, client: httpx.AsyncClient) -> None:
    sent = await talk.send(text="山田と申します。パスワードを忘れました")
    text = await page(client)
    assert "山田" not in text
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", text)
    assert sent.json()["message_id"] not in text
    assert talk.opened["conversation_id"] not in text


async def test_topics_come_from_the_catalogue_only(talk: Talk, client: httpx.AsyncClient) -> None:
    for text in ("パスワードを忘れました", "ぬるぽ", "/restart", "メニュー"):
        await talk.ask(text)
    known = {each.entry.topic for each in load_catalogue().answers.values()}
    assert set(re.findall(r'topic="([^"]*)"', await page(client))) <= known


async def _until_delivered(figure: Figures) -> None:
    while not await figure("helpbot_deliveries_total"):
        pass


def test_a_topic_that_nobody_knows_becomes_no_label() -> None:
    meter = Meter({"greeting"})
    meter.turn("web", "answered", ["whatever somebody made up"])
    assert (
        value(generate_latest(meter.registry).decode(), "helpbot_turns_total", topic="other") == 1
    )
