"""The long runs of `make nightly`, on the same stack as the scenarios."""

from tests.scenarios.conftest import stack

__all__ = ["stack"]
