import time
from collections.abc import Callable

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.lockout import ActionAccountLockCheck
from tests.actions.conftest import BROKEN, client_for, scripted_server, tracker
from tests.support.servers import free_port

Handle = Callable[[str], str]


async def said(url: str, grant: str | None) -> dict:
    dispatcher = CollectingDispatcher()
    metadata = {"event_id": "m-1", "grant": grant}
    events = await ActionAccountLockCheck(client_for(url)).run(
        dispatcher, tracker(metadata=metadata), {}
    )
    assert events == []
    return dispatcher.messages[0]["custom"]


async def test_without_a_handle_the_check_is_offered(accounts_url: str) -> None:
    assert await said(accounts_url, None) == {"answer": "account_lock_check"}


async def test_a_locked_account_is_told_with_its_end(accounts_url: str, handle: Handle) -> None:
    assert (await said(accounts_url, handle("locked")))["values"]["state"] == "locked"


async def test_an_open_account_is_told(accounts_url: str, handle: Handle) -> None:
    values = (await said(accounts_url, handle("fine")))["values"]
    assert values == {"state": "open", "until": None, "sample": True}


async def test_the_result_is_private(accounts_url: str, handle: Handle) -> None:
    assert (await said(accounts_url, handle("fine")))["private"] is True


@pytest.mark.parametrize("grant", [None, "h"])
async def test_an_account_api_that_is_down_is_apologised_for(grant: str | None) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert await said(url, grant) == {"answer": "account_unavailable"}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_an_apology_comes_within_five_seconds(answer: bytes | None) -> None:
    began = time.monotonic()
    with scripted_server(answer) as url:
        assert await said(url, "h") == {"answer": "account_unavailable"}
    assert time.monotonic() - began < 5


async def test_a_slot_or_an_entity_grants_nothing(accounts_url: str, handle: Handle) -> None:
    entity = {"entity": "grant", "value": handle("locked")}
    dispatcher = CollectingDispatcher()
    await ActionAccountLockCheck(client_for(accounts_url)).run(
        dispatcher, tracker(entities=[entity], metadata={"event_id": "m-1"}), {}
    )
    assert dispatcher.messages[0]["custom"] == {"answer": "account_lock_check"}
