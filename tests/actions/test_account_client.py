import time
from collections.abc import Callable

import pytest

from actions.account_client import AccountClient, AccountsUnavailable, Lockout, open_client
from tests.actions.conftest import BROKEN, scripted_server
from tests.support.servers import TOKEN, free_port

Handle = Callable[[str], str]


async def test_a_locked_account_is_locked_until_a_moment(
    client: AccountClient, handle: Handle
) -> None:
    lockout = await client.lockout(handle("locked"))
    assert (lockout.state, type(lockout.until)) == ("locked", str)


async def test_an_account_without_trouble_is_open(client: AccountClient, handle: Handle) -> None:
    assert await client.lockout(handle("fine")) == Lockout("open", None, sample=True)


async def test_somebody_unknown_is_of_unknown_state(client: AccountClient, handle: Handle) -> None:
    assert await client.lockout(handle("nobody")) == Lockout("unknown", None, sample=True)


async def test_a_handle_nobody_was_given_is_of_unknown_state(client: AccountClient) -> None:
    assert await client.lockout("made-up") == Lockout("unknown", None, sample=True)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_every_failure_is_one_error_in_time(answer: bytes | None) -> None:
    began = time.monotonic()
    with scripted_server(answer) as url:
        async with open_client(url, TOKEN) as client:
            with pytest.raises(AccountsUnavailable):
                await client.lockout("h")
    assert time.monotonic() - began < 4.8


async def test_nobody_listening_is_the_same_error() -> None:
    async with open_client(f"http://127.0.0.1:{free_port()}", TOKEN) as client:
        with pytest.raises(AccountsUnavailable):
            await client.service_status()


async def test_opening_a_client_holds_no_other_turn_up(accounts_url: str) -> None:
    """Reading the certificates anew takes 30 ms of the one thread that all turns share."""
    async with open_client(accounts_url, TOKEN):
        pass
    began = time.thread_time()
    for _ in range(20):
        async with open_client(accounts_url, TOKEN):
            pass
    assert (time.thread_time() - began) / 20 < 0.01


async def test_a_wrong_token_is_the_same_error(accounts_url: str) -> None:
    async with open_client(accounts_url, "wrong-token-" + "0" * 16) as client:
        with pytest.raises(AccountsUnavailable):
            await client.service_status()
