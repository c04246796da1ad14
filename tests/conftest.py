"""Options that both environments share."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.beside import turn

COUNTS = Path(__file__).with_name("collected.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--collected",
        metavar="NAME",
        help="fail unless exactly as many tests are collected as tests/collected.json says",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "alone: takes times; no test of another suite runs meanwhile"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Take turns where HELPBOT_TEST_BESIDE names the file of suites that run side by side."""
    if not (shared := os.environ.get("HELPBOT_TEST_BESIDE")):
        return (yield)
    with turn(Path(shared), alone=item.get_closest_marker("alone") is not None):
        return (yield)


def pytest_collection_finish(session: pytest.Session) -> None:
    """A test that silently stops being collected is a test that never fails."""
    name = session.config.getoption("--collected")
    if not name:
        return
    expected, found = json.loads(COUNTS.read_text())[name], len(session.items)
    if found != expected:
        raise pytest.UsageError(
            f"{name}: {found} tests collected, {COUNTS.name} says {expected}; "
            "if that is wanted, run `make collected`"
        )
