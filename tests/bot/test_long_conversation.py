"""A conversation of 500 turns costs no more at its end than at its beginning."""

import statistics
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from tests.support.servers import TOKEN, action_server, free_port, rasa_server

TURNS = 500
# From here on early turns of a second conversation stand beside; a whole number of cycles.
LATE = 290
LIMIT = 64 * 1024
TAPPED = {"intent": "situation", "entities": {"situation": "otp_expired__mail_late"}}
# What is said, over and over: questions are opened and left, buttons are tapped.
CYCLE = [
    TAPPED,
    {"text": "画面は開いたままで、三十分も待っているのに、番号のメールが届きません"},
    {"text": "パスワードを忘れました"},
    {"text": "ログインできません"},
    {"text": "求人を検索しても一件も出てきません"},
]
Pair = tuple[float, float]


class Proxy(BaseHTTPRequestHandler):
    """Hands on to the real action server and remembers how much went by."""

    sizes: list[int]
    target: str
    http = httpx.Client(timeout=30)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.sizes.append(len(body))
        answer = self.http.post(f"{self.target}{self.path}", content=body)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[int], list[Pair]]]:
    """Yield the payloads to the action server in bytes, and seconds of late and early turns."""
    folder = tmp_path_factory.mktemp("long")
    Proxy.sizes = []
    with (
        action_server(folder, free_port(), "http://127.0.0.1:1") as Proxy.target,
        ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        with rasa_server(folder, free_port(), f"http://127.0.0.1:{server.server_port}") as url:
            yield Proxy.sizes, talk(url)
        server.shutdown()


def talk(url: str) -> list[Pair]:
    """Talk for long; beside its late turns a second conversation begins.

    Late and early turns alternate, so that a machine that slows down slows both.
    """
    pairs = []
    with httpx.Client(headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30) as http:
        for place in range(TURNS):
            late = turn(http, url, "c-long", place)
            if place >= LATE:
                pairs.append((late, turn(http, url, "c-young", place - LATE)))
    return pairs[5:25]


def turn(http: httpx.Client, url: str, conversation: str, place: int) -> float:
    """Type or tap, whichever is next; return how long it took."""
    body = {"conversation": conversation, "event_id": f"m-{place}", "channel": "web"}
    body |= CYCLE[place % len(CYCLE)]
    begin = time.perf_counter()
    http.post(f"{url}/webhooks/turn/", json=body).raise_for_status()
    return time.perf_counter() - begin


def test_what_the_action_server_is_sent_stays_small(talked: tuple[list[int], list[Pair]]) -> None:
    sizes, _ = talked
    assert len(sizes) >= TURNS // len(CYCLE)
    assert max(sizes) <= LIMIT


def test_turn_300_costs_at_most_half_more_than_turn_10(
    talked: tuple[list[int], list[Pair]],
) -> None:
    late, early = (statistics.median(seconds) for seconds in zip(*talked[1], strict=True))
    assert late <= 1.5 * early, f"{early * 1000:.1f} ms, then {late * 1000:.1f} ms"
