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


@pytest.mark.parametrize(
    ("message", "topics"),
    [
        (
            "ワンタイムパスワードが届かないし、迷惑メールの設定もよくわからない",
            ["otp_not_received", "mail_filter_settings"],
        ),
        (
            "パスワードを忘れました。あと、紹介状はどうやってもらえますか？",
            ["password_forgot", "referral_letter"],
        ),
    ],
)
def test_two_requests_in_one_message_are_both_answered(
    person: Person, message: str, topics: list[str]
) -> None:
    replies = person.writes(message)["replies"]
    said = [topic for reply in replies for topic in reply["topics"]]
    assert list(dict.fromkeys(said)) == topics


def test_a_request_wins_over_the_greeting_before_it(person: Person) -> None:
    asked = "こんにちは。お世話になります。ロックされてしまいました。"
    assert person.hears(asked)["topics"] == ["account_locked"]


def test_distress_is_answered_with_care_before_anything_else(person: Person) -> None:
    reply = person.writes("もう死にたい。パスワードも忘れた。")["replies"]
    assert [each["topics"] for each in reply] == [["distress"]]
    assert "0120-279-338" in reply[0]["text"]


def test_a_tapped_situation_gets_its_own_answer(person: Person) -> None:
    choices = person.hears("パスワードを忘れてしまいました")["choices"]
    dead = next(each for each in choices if each["label"] == "登録のメールも使えない")
    body = {"client_message_id": "tap", "choice_id": dead["id"]}
    headers = {**person.headers, "Prefer": "wait=20"}
    answer = person.http.post(person.path, json=body, headers=headers).json()
    assert answer["replies"][0]["answer_id"] == "password_forgot__mail_dead"


def test_what_is_not_understood_is_never_answered_twice_with_the_same_words(
    person: Person,
) -> None:
    texts = [person.hears(text)["text"] for text in ("登録のあれ", "それのほう", "あっちのこと")]
    assert len(set(texts)) == len(texts)
