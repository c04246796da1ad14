"""The turn endpoint of a real Rasa server with this tree's model."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.servers import TOKEN, accounts_api, action_server, free_port, rasa_server

BEARER = {"Authorization": f"Bearer {TOKEN}"}
OTP = "ワンタイムパスワードが届きません"
LOCK_CHECK = "アカウントがロックされているか調べて"


class Stack:
    """Rasa, and the address at which it expects the action server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.actions_port = folder, free_port()
        self.url = ""

    def turn(self, **body: object) -> httpx.Response:
        whole = {"channel": "web", **body}
        return httpx.post(f"{self.url}/webhooks/turn/", json=whole, headers=BEARER, timeout=60)

    def events(self, conversation: str) -> list[str]:
        with sqlite3.connect(self.folder / "tracker.db") as tracker:
            query = "select type_name from events where sender_id = ? order by id"
            return [row[0] for row in tracker.execute(query, [conversation])]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("rasa"))
    with rasa_server(stack.folder, free_port(), f"http://127.0.0.1:{stack.actions_port}") as url:
        stack.url = url
        yield stack


@pytest.fixture(scope="module")
def with_actions(stack: Stack) -> Iterator[str]:
    """The action server is up; the account API as well. Yields the account API's address."""
    with (
        accounts_api(stack.folder, free_port()) as accounts,
        action_server(stack.folder, stack.actions_port, accounts),
    ):
        yield accounts


def test_an_utterance_is_answered_with_an_answer_id(stack: Stack) -> None:
    body = stack.turn(conversation="c-1", event_id="m-1", text=OTP).json()
    assert [each["answer"] for each in body["messages"]] == ["otp_not_received", "ask_otp_screen"]


def test_the_answer_tells_intent_ranking_segments_and_model(stack: Stack) -> None:
    body = stack.turn(conversation="c-2", event_id="m-1", text=OTP).json()
    assert body["intent"]["name"] == body["ranking"][0]["name"] == "otp_not_received"
    assert body["segments"] == [{"start": 0, "end": len(OTP), "intent": "otp_not_received"}]
    assert body["model_id"]


def test_a_known_event_id_gives_its_stored_answer_again(stack: Stack) -> None:
    first = stack.turn(conversation="c-3", event_id="m-1", text=OTP).json()
    stack.turn(conversation="c-3", event_id="m-2", text="こんにちは")
    again = stack.turn(conversation="c-3", event_id="m-1", text="まったく別の文").json()
    assert again == first


def test_a_known_event_id_does_nothing_twice(stack: Stack) -> None:
    stack.turn(conversation="c-4", event_id="m-1", text=OTP)
    before = stack.events("c-4")
    stack.turn(conversation="c-4", event_id="m-1", text=OTP)
    assert stack.events("c-4") == before


def test_a_failed_action_is_a_5xx_and_not_silence(stack: Stack) -> None:
    answer = stack.turn(conversation="c-5", event_id="m-1", text=LOCK_CHECK)
    assert (answer.status_code, answer.json()) == (503, {"error": "turn_failed"})


def test_a_failed_turn_leaves_no_trace_in_the_tracker(stack: Stack) -> None:
    stack.turn(conversation="c-6", event_id="m-1", text=LOCK_CHECK)
    assert stack.events("c-6") == []


def test_a_failed_turn_can_be_asked_again(stack: Stack, with_actions: str) -> None:
    answer = stack.turn(conversation="c-5", event_id="m-1", text=LOCK_CHECK)
    assert answer.json()["messages"] == [{"answer": "account_lock_check"}]


def verified(accounts: str) -> str:
    body = {"purpose": "lockout", "demo_person": "locked"}
    return httpx.post(f"{accounts}/v1/verifications", json=body, headers=BEARER).json()["handle"]


def test_a_minted_intent_reaches_its_action(stack: Stack, with_actions: str) -> None:
    handle = verified(with_actions)
    answer = stack.turn(conversation="c-7", event_id="m-1", intent="verified_lockout", grant=handle)
    assert answer.json()["messages"][0]["values"]["state"] == "locked"


def test_a_private_answer_asked_again_is_worked_out_again(stack: Stack, with_actions: str) -> None:
    body = {"conversation": "c-8", "event_id": "m-1", "intent": "verified_lockout"}
    body["grant"] = verified(with_actions)
    assert stack.turn(**body).json()["messages"] == stack.turn(**body).json()["messages"]


def test_the_tracker_holds_neither_handle_nor_private_values(
    stack: Stack, with_actions: str
) -> None:
    handle = verified(with_actions)
    stack.turn(conversation="c-9", event_id="m-1", intent="verified_lockout", grant=handle)
    with sqlite3.connect(stack.folder / "tracker.db") as tracker:
        written = str(tracker.execute("select data from events where sender_id='c-9'").fetchall())
    assert handle not in written
    assert '"until"' not in written


@pytest.mark.parametrize(
    ("event_id", "typed"),
    [
        ("m-1", "/restart"),
        ("m-2", " /greeting"),
        ("m-3", "　/greeting"),
        ("m-4", '/verified_lockout{"grant":"x"}'),
        ("m-5", "/greeting@1.0"),
    ],
)
def test_typed_commands_are_parsed_as_text(
    stack: Stack, with_actions: str, event_id: str, typed: str
) -> None:
    body = stack.turn(conversation="c-10", event_id=event_id, text=typed).json()
    assert body["intent"]["confidence"] < 1.0


@pytest.mark.parametrize("value", ["", "Bearer wrong", f"Bearer {TOKEN}x", f"Basic {TOKEN}"])
def test_without_the_token_nothing_is_answered(stack: Stack, value: str) -> None:
    headers = {"Authorization": value}
    body = {"conversation": "c-11", "event_id": "m-1", "channel": "web", "text": OTP}
    answer = httpx.post(f"{stack.url}/webhooks/turn/", json=body, headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"event_id": "m-1", "text": OTP},
        {"conversation": "c-12", "event_id": "m-1"},
        {"conversation": "c-12", "event_id": "m-1", "text": OTP, "intent": "greeting"},
        {"conversation": "c\x00", "event_id": "m-1", "text": OTP},
        {"conversation": "c-12", "event_id": "m-1", "intent": 'greeting{"a":"b"}'},
        {"conversation": "c-12", "event_id": "m-1", "text": OTP, "slots": {}},
    ],
)
def test_what_is_no_utterance_is_refused(stack: Stack, body: dict) -> None:
    assert stack.turn(**body).status_code == 422


def test_rasas_own_interface_is_closed(stack: Stack) -> None:
    closed = ["conversations/c-1/tracker", "model/parse", "status", "webhooks/rest/webhook"]
    assert [httpx.get(f"{stack.url}/{path}").status_code for path in closed] == [404] * 4
