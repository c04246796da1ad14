"""What is sent as broken is broken: else a good signature would pass for a bad one let in."""

import pytest

from tests.faults.mutator import Mutator


@pytest.mark.parametrize("raw", [b"aa", b"v0=0123456789abcdef", b'{"events": []}'])
def test_broken_bytes_are_never_what_they_were(raw: bytes) -> None:
    assert [seed for seed in range(4000) if Mutator(seed).break_bytes(raw) == raw] == []


def test_the_same_seed_breaks_the_same_way() -> None:
    assert Mutator(7).break_bytes(b"signature") == Mutator(7).break_bytes(b"signature")
