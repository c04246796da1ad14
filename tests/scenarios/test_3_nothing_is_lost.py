"""Whatever dies, each accepted message is answered, and once."""

import signal
import time

import pytest

from tests.scenarios.conftest import Person, Stack

QUESTION = "ワンタイムパスワードが届きません"


@pytest.mark.parametrize("part", ["api", "worker"])
def test_the_gateway_dies_between_inbox_and_answer(person: Person, stack: Stack, part: str) -> None:
    rasa = stack.part("rasa")
    rasa.send_signal(signal.SIGSTOP)
    message = person.sends(QUESTION)
    time.sleep(0.5)
    stack.part(part).kill()
    rasa.send_signal(signal.SIGCONT)
    answers = person.answers_to(message, seconds=60)
    assert [answer["answer_id"] for answer in answers] == ["otp_not_received", "ask_otp_screen"]


def test_the_website_is_answered_while_the_worker_stands_still(
    person: Person, stack: Stack
) -> None:
    worker = stack.part("worker")
    worker.send_signal(signal.SIGSTOP)
    try:
        answered = person.writes("パスワードを忘れました", wait=8)
    finally:
        worker.send_signal(signal.SIGCONT)
    assert [each["answer_id"] for each in answered["replies"]] == ["password_forgot"]


def test_rasa_dies_in_the_middle_of_a_turn(person: Person, stack: Stack) -> None:
    accounts = stack.part("accounts")
    accounts.send_signal(signal.SIGSTOP)
    try:
        message = person.sends("アカウントがロックされているか調べてください")
        time.sleep(1)
        stack.part("rasa").kill()
    finally:
        accounts.send_signal(signal.SIGCONT)
    answers = person.answers_to(message, seconds=110)
    assert [answer["topics"] for answer in answers] == [["account_lock_check"]]


def test_rasa_is_restarted_in_the_middle_of_the_questions(person: Person, stack: Stack) -> None:
    person.writes(QUESTION)
    person.writes("開いたままです")
    rasa = stack.part("rasa")
    rasa.kill()
    rasa.wait(10)
    message = person.sends("30分くらい前です")
    answers = person.answers_to(message, seconds=90)
    assert [answer["answer_id"] for answer in answers] == ["ask_otp_other_mail"]


def test_the_action_server_dies_and_comes_back(person: Person, stack: Stack) -> None:
    stack.part("actions").kill()
    message = person.sends("アカウントがロックされているか調べてください")
    answers = person.answers_to(message, seconds=90)
    assert [answer["answer_id"] for answer in answers] == ["account_lock_check"]


def test_the_account_api_dies_and_comes_back(person: Person, stack: Stack) -> None:
    dead = stack.part("accounts")
    dead.kill()
    dead.wait(10)
    assert stack.part("accounts").pid != dead.pid


def test_messages_of_one_person_are_answered_in_their_order(person: Person) -> None:
    sent = [person.sends(text) for text in (QUESTION, "パスワードを忘れました", "こんにちは")]
    for message in sent:
        person.answers_to(message, seconds=30)
    messages = person.http.get(person.path, headers=person.headers).json()["messages"]
    answered = [each["in_reply_to"] for each in messages if each.get("in_reply_to")]
    assert list(dict.fromkeys(answered)) == sent
