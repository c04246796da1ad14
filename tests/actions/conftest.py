"""The actions against a real account API over HTTP."""

import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest
from rasa_sdk import Tracker

from actions.account_client import AccountClient, open_client
from tests.support.servers import TOKEN, accounts_api, free_port

OpenClient = Callable[[], AbstractAsyncContextManager[AccountClient]]


@pytest.fixture(scope="session")
def accounts_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with accounts_api(tmp_path_factory.mktemp("accounts"), free_port()) as url:
        yield url


@pytest.fixture
def handle(accounts_url: str) -> Callable[[str], str]:
    def make(person: str) -> str:
        body = {"purpose": "lockout", "demo_person": person}
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return httpx.post(f"{accounts_url}/v1/verifications", json=body, headers=headers).json()[
            "handle"
        ]

    return make


def client_for(url: str) -> OpenClient:
    return lambda trace: open_client(url, TOKEN, trace)


@pytest.fixture
async def client(accounts_url: str) -> AsyncIterator[AccountClient]:
    async with open_client(accounts_url, TOKEN) as client:
        yield client


@contextlib.contextmanager
def scripted_server(answer: bytes | None) -> Iterator[str]:
    """Listen, and answer every request with `answer`; with None, accept and stay silent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            kept = []
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    kept.append(connection)
                    if answer is not None:
                        connection.recv(65536)
                        connection.sendall(answer)
                        connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def http_answer(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + body


def tracker(**latest_message: object) -> Tracker:
    return Tracker("c-1", {}, dict(latest_message), [], False, None, {}, "action_listen")


# How an account API can fail: nobody there, silence, refusals, nonsense.
BROKEN = {
    "server error": http_answer("500 Internal Server Error", b"{}"),
    "too many requests": http_answer("429 Too Many Requests", b"{}"),
    "no json": http_answer("200 OK", b"<html>"),
    "a list": http_answer("200 OK", b"[]"),
    "wrong schema": http_answer("200 OK", b'{"state": "maybe", "status": "?"}'),
    "a lock without its end": http_answer("200 OK", b'{"state": "locked", "status": "?"}'),
    "silence": None,
}
