"""While Rasa is down a person gets a simple answer that says what it is."""

import signal
import sqlite3
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.scenarios.conftest import Person, Stack, wait_until

FORGOT, OTP = "パスワードを忘れました", "ワンタイムパスワードが届きません"
NOTE = "いま案内の一部が止まっているため、簡単な案内でお答えしました。"


def ids(answers: list[dict]) -> list[str]:
    return [each["answer_id"] for each in answers]


def model_of(stack: Stack, message: str) -> str:
    with sqlite3.connect(stack.var / "gateway.db") as database:
        query = "select model_id from inbox where id = ?"
        (found,) = database.execute(query, [message]).fetchone()
    return found


def tries_of(stack: Stack, message: str) -> int:
    with sqlite3.connect(stack.var / "gateway.db") as database:
        (found,) = database.execute("select claims from inbox where id = ?", [message]).fetchone()
    return found


def back(stack: Stack) -> None:
    """Wait until Rasa is up again after it was killed."""
    url = f"http://127.0.0.1:{stack.environment['HELPBOT_RASA_PORT']}/"

    def up() -> bool:
        try:
            return httpx.get(url, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    wait_until(up, 90)
    # The gateway looks every second.
    time.sleep(2)


@pytest.fixture
def frozen(stack: Stack) -> Iterator[None]:
    """Rasa is there and says nothing."""
    rasa = stack.part("rasa")
    rasa.send_signal(signal.SIGSTOP)
    yield
    rasa.send_signal(signal.SIGCONT)
    time.sleep(2)


def test_rasa_dies_the_simple_answer_comes_and_then_the_full_one_again(
    person: Person, stack: Stack
) -> None:
    stack.part("rasa").kill()
    message = person.sends(OTP)
    answer, note = person.answers_to(message, seconds=8)
    assert (answer["answer_id"], note["text"]) == ("otp_not_received", NOTE)
    assert model_of(stack, message) == "keywords"
    back(stack)
    message = person.sends(OTP)
    assert "ask_otp_screen" in ids(person.answers_to(message, seconds=20))
    assert model_of(stack, message) != "keywords"


def test_a_rasa_that_hangs_costs_the_first_message_one_wait_and_later_ones_none(
    person: Person, stack: Stack, frozen: None
) -> None:
    """Counted in tries, which a busy machine does not change."""
    first = person.sends(FORGOT)
    assert ids(person.answers_to(first, seconds=30))[0] == "password_forgot"
    later = person.sends("アカウントがロックされました")
    assert ids(person.answers_to(later, seconds=30))[0] == "account_locked"
    assert tries_of(stack, first) <= 4
    assert tries_of(stack, later) == 1


def test_care_comes_while_rasa_hangs(person: Person, frozen: None) -> None:
    answers = person.answers_to(person.sends("もう消えてしまいたい"), seconds=8)
    assert ids(answers) == ["distress"]


def test_what_only_rasa_understands_waits_for_it(person: Person, stack: Stack) -> None:
    rasa = stack.part("rasa")
    rasa.send_signal(signal.SIGSTOP)
    try:
        message = person.sends("宛名のところが空っぽのまま動かへんねん")
        time.sleep(8)
    finally:
        rasa.send_signal(signal.SIGCONT)
    assert "standby_note" not in ids(person.answers_to(message, seconds=30))
    assert model_of(stack, message) != "keywords"
