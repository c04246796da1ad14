"""A new code and the limits of a registration, against a real account API over HTTP."""

import time

import httpx
import pytest
from rasa_sdk import Action
from rasa_sdk.executor import CollectingDispatcher

from actions.features import ActionFeatureCheck
from actions.otp import ActionOtpResend
from tests.actions.conftest import BROKEN, client_for, scripted_server, tracker
from tests.support.servers import TOKEN

ACTIONS = [ActionFeatureCheck, ActionOtpResend]
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def grant(url: str, person: str, purpose: str) -> str:
    body = {"purpose": purpose, "demo_person": person}
    handle: str = httpx.post(f"{url}/v1/verifications", json=body, headers=HEADERS).json()["handle"]
    return handle


async def said(action: type[Action], url: str, handle: str | None, event: str = "m-1") -> dict:
    dispatcher = CollectingDispatcher()
    metadata = {"event_id": event, "grant": handle}
    assert await action(client_for(url)).run(dispatcher, tracker(metadata=metadata), {}) == []
    return dispatcher.messages[0]["custom"]


async def test_a_registration_is_told_privately(accounts_url: str) -> None:
    handle = grant(accounts_url, "online_registered", "features")
    assert await said(ActionFeatureCheck, accounts_url, handle) == {
        "answer": "features_result",
        "values": {"state": "online", "sample": True},
        "private": True,
    }


@pytest.mark.parametrize("person", ["full_registered", "fine", "mailbox_dead", "nobody"])
async def test_after_a_wish_for_a_code_everybody_hears_the_same(
    accounts_url: str, person: str
) -> None:
    handle = grant(accounts_url, person, "otp_resend")
    answer = await said(ActionOtpResend, accounts_url, handle, event=person)
    assert answer == {"answer": "otp_resent", "values": {"sample": True}}


async def test_the_same_message_sends_one_code(accounts_url: str) -> None:
    handle = grant(accounts_url, "online_registered", "otp_resend")
    before = len(mails(accounts_url))
    for _ in range(3):
        await said(ActionOtpResend, accounts_url, handle, event="m-once")
    assert len(mails(accounts_url)) == before + 1


def mails(url: str) -> list[dict]:
    letters: list[dict] = httpx.get(f"{url}/v1/demo-mailbox", headers=HEADERS).json()["letters"]
    return letters


@pytest.mark.parametrize("action", ACTIONS)
async def test_without_a_handle_the_check_is_offered(action: type[Action]) -> None:
    answer = await said(action, "http://127.0.0.1:9", None)
    assert answer["answer"] in {"feature_check", "otp_resend_check"}


# The silent one costs four seconds; test_lockout.py waits for it, on the same way.
QUICK = {name: answer for name, answer in BROKEN.items() if answer is not None}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("answer", QUICK.values(), ids=QUICK)
async def test_an_apology_comes_within_five_seconds(action: type[Action], answer: bytes) -> None:
    began = time.monotonic()
    with scripted_server(answer) as url:
        assert await said(action, url, "h") == {"answer": "account_unavailable"}
    assert time.monotonic() - began < 5
