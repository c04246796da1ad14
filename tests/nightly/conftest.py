"""The long runs of `make nightly`, on the same stack as the scenarios."""

from tests.scenarios.conftest import line, slack, stack

__all__ = ["line", "slack", "stack"]
