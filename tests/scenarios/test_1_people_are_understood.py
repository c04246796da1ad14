"""Who asks in their own words hears the right answer, from the real Rasa."""

from pathlib import Path

import pytest
import yaml

from tests.scenarios.conftest import Person

ASKED = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))
PAIRS = [(question, topic) for topic, questions in ASKED.items() for question in questions]


@pytest.mark.parametrize(("question", "topic"), PAIRS)
def test_a_question_is_answered_under_its_topic(person: Person, question: str, topic: str) -> None:
    assert person.hears(question)["topics"] == [topic]


def test_who_gets_no_otp_hears_first_to_look_into_the_spam_folder(person: Person) -> None:
    assert "迷惑メール" in person.hears("ワンタイムパスワードが届きません")["text"]


def test_a_conversation_remembers_nothing_that_confuses_the_next_question(person: Person) -> None:
    asked = ["パスワードを忘れてしまいました", "ロックはいつ解除されますか", "こんにちは"]
    topics = [person.hears(question)["topics"][0] for question in asked]
    assert topics == ["password_forgot", "account_locked", "greeting"]


@pytest.mark.parametrize(
    "typed", ["/restart", '/account_lock_check{"verified":true}', " /greeting", "　/greeting"]
)
def test_an_order_to_the_machine_is_declined(person: Person, typed: str) -> None:
    assert person.hears(typed)["topics"] == ["out_of_scope"]
