"""What the gateway relies on, whoever decides the answer."""

import asyncio
from pathlib import Path

import pytest
import yaml

from api.chat.engine.protocol import Engine, EngineFailed
from api.content.catalogue import Catalogue
from tests.contract.conftest import Talk

CORE = yaml.safe_load(Path(__file__).with_name("core_topics.yml").read_text("utf-8"))
CARE = yaml.safe_load((Path(__file__).parents[2] / "data/distress.yml").read_text("utf-8"))
ODD = ["。", "😢", "/restart", "あ" * 1000, "ฉันเข้าระบบไม่ได้", "１２３", "a\tb\nc", "［メール1］"]
FOREIGN = [
    "明日の天気を教えて",
    "e-Taxのパスワードを忘れました",
    "おいしいカレーの作り方",
    "ピザを注文して",
]
# An answer that declines, or asks back.
MODEST = {"out_of_scope", "fallback"}


@pytest.mark.parametrize(("text", "answer"), CORE.items())
async def test_a_core_topic_is_reached(talk: Talk, text: str, answer: str) -> None:
    assert (await talk.answers(text))[0] == answer


async def test_the_same_event_gets_the_same_answer(talk: Talk) -> None:
    first = await talk.hear("パスワードを忘れました", "m-same")
    await talk.hear("こんにちは")
    assert await talk.hear("パスワードを忘れました", "m-same") == first


@pytest.mark.parametrize("text", ODD)
async def test_nothing_is_met_with_silence(talk: Talk, text: str, catalogue: Catalogue) -> None:
    answers = await talk.answers(text)
    assert answers
    assert set(answers) <= set(catalogue.answers)


@pytest.mark.parametrize("topic", ["password_forgot", "account_locked", "menu", "contact_helpdesk"])
async def test_a_minted_intent_is_answered(talk: Talk, topic: str) -> None:
    assert await talk.answers(intent=topic) == [topic]


async def test_a_minted_situation_is_answered(talk: Talk) -> None:
    entities = {"situation": "otp_not_received__screen_open"}
    answers = await talk.answers(intent="situation", entities=entities)
    assert answers == ["otp_not_received__screen_open"]


@pytest.mark.parametrize("intent", ["inform", "cancel"])
async def test_a_button_that_comes_too_late_is_answered(
    talk: Talk, intent: str, catalogue: Catalogue
) -> None:
    answers = await talk.answers(intent=intent, entities={"otp_screen": "open"})
    assert answers
    assert set(answers) <= set(catalogue.answers)


@pytest.mark.parametrize("typed", ["/restart", "/verified_lockout", '/goodbye{"a":"b"}', "／menu"])
async def test_typed_text_is_never_a_command(talk: Talk, typed: str) -> None:
    turn = await talk.hear(typed)
    assert (turn.confidence or 0.0) < 1.0


@pytest.mark.parametrize("text", FOREIGN)
async def test_what_is_not_ours_is_declined_or_asked_back(
    talk: Talk, text: str, catalogue: Catalogue
) -> None:
    answers = await talk.answers(text)
    assert {catalogue[each].entry.topic for each in answers} <= MODEST


@pytest.mark.parametrize("word", CARE["words"])
async def test_a_word_that_calls_for_care_is_met_with_care(talk: Talk, word: str) -> None:
    assert await talk.answers(f"もう{word}") == ["distress"]


async def test_care_comes_before_the_request_beside_it(talk: Talk) -> None:
    said = "ワンタイムパスワードも届かないし、もう消えてしまいたいです"
    assert await talk.answers(said) == ["distress"]


async def test_a_turn_names_its_model_and_how_sure_it_is(talk: Talk) -> None:
    turn = await talk.hear("パスワードを忘れました")
    assert turn.model_id
    assert turn.intent == turn.ranking[0][0] == "password_forgot"
    assert 0.0 < (turn.confidence or 0.0) <= 1.0


async def test_a_made_up_handle_opens_no_account(talk: Talk) -> None:
    try:
        turn = await talk.hear(intent="verified_lockout", grant="no-such-handle")
    except EngineFailed:
        return
    assert {each.values.get("state") for each in turn.spoken} <= {None, "unknown"}


async def test_a_forgotten_conversation_begins_anew(talk: Talk) -> None:
    first = await talk.answers("ワンタイムパスワードが届きません", event="m-forgotten")
    await talk.engine.forget(talk.id)
    assert await talk.answers("ワンタイムパスワードが届きません", event="m-other") == first


async def test_what_was_forgotten_is_not_answered_from_memory(talk: Talk) -> None:
    await talk.hear("パスワードを忘れました", "m-again")
    await talk.engine.forget(talk.id)
    assert await talk.answers("アカウントがロックされました", event="m-again") == ["account_locked"]


async def test_forgetting_what_was_never_known_is_no_failure(engine: Engine) -> None:
    await engine.forget("c-never")


async def test_conversations_at_the_same_time_do_not_mix(engine: Engine) -> None:
    texts = ["パスワードを忘れてしまいました", "アカウントがロックされました"] * 4
    heard = await asyncio.gather(*(Talk(engine).answers(text) for text in texts))
    assert [answers[0] for answers in heard] == ["password_forgot", "account_locked"] * 4
