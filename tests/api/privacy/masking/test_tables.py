"""What is masked and what is not, row by row: tests/data/masking/."""

from typing import Any

from api.privacy.masking import mask


def test_the_secret_is_gone_and_its_kind_is_told(positive: dict[str, str]) -> None:
    assert positive["secret"] in positive["text"]
    masked = mask(positive["text"])
    assert positive["secret"] not in masked.text
    assert positive["kind"] in masked.kinds


def test_masking_the_result_again_changes_nothing(positive: dict[str, str]) -> None:
    once = mask(positive["text"])
    again = mask(once.text)
    assert (again.text, again.kinds) == (once.text, ())


def test_a_lookalike_comes_back_unchanged(lookalike: str) -> None:
    masked = mask(lookalike)
    assert (masked.text, masked.kinds) == (lookalike, ())


def test_the_tables_are_large_and_without_repeats(rows: list[Any]) -> None:
    assert len(rows) >= 250
    assert len(set(map(repr, rows))) == len(rows)
