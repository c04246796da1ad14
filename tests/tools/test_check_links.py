from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.support.servers import free_port
from tools.check_links import look, official_links, problems, read, write

TODAY = date(2026, 11, 23)


class Site(BaseHTTPRequestHandler):
    """Has one page."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


async def test_a_look_tells_pages_that_are_there_from_those_that_are_not(site: str) -> None:
    gone = f"http://127.0.0.1:{free_port()}/"
    links = {"good": f"{site}/there", "bad": f"{site}/gone", "down": gone}
    found = await look(links, TODAY)
    assert [found[name]["result"] for name in links] == [200, 404, "unreachable"]


def test_a_dead_link_is_a_problem_and_a_good_one_is_none() -> None:
    links = {"good": "https://a", "bad": "https://b"}
    records = {
        "good": {"url": "https://a", "result": 200, "checked_on": "2026-11-23"},
        "bad": {"url": "https://b", "result": 404, "checked_on": "2026-11-23"},
    }
    assert list(problems(links, records)) == ["bad: https://b was 404 on 2026-11-23"]


def test_a_link_without_a_record_is_a_problem() -> None:
    assert len(list(problems({"new": "https://a"}, {}))) == 1


def test_a_record_without_a_link_is_a_problem() -> None:
    old = {"old": {"url": "https://a", "result": 200, "checked_on": "2026-11-23"}}
    assert len(list(problems({}, old))) == 1


def test_records_can_be_read_back(tmp_path) -> None:
    records = {"a": {"url": "https://a", "result": 200, "checked_on": "2026-11-23"}}
    write(records, tmp_path / "links.yml")
    assert read(tmp_path / "links.yml") == records


def test_every_official_link_of_this_tree_has_a_record() -> None:
    assert list(problems(official_links(), read())) == []
