"""Options that both environments share."""

import json
from pathlib import Path

import pytest

COUNTS = Path(__file__).with_name("collected.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--collected",
        metavar="NAME",
        help="fail unless exactly as many tests are collected as tests/collected.json says",
    )


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
