"""The long runs of `make nightly`: on the stack of the scenarios, on the console of tests/api."""

from tests.api.conftest import clock, database_url, migrated, settings
from tests.api.review.conftest import app, browsers, read_once, staff, wired
from tests.scenarios.conftest import line, slack, stack

__all__ = [
    "app", "browsers", "clock", "database_url", "line", "migrated", "read_once", "settings",
    "slack", "stack", "staff", "wired",
]  # fmt: skip
