import pytest

from tools.validate_data import ALLOWED, allowed_patterns, unwanted

WARNING = "\x1b[93m/x/io.py:100: UserWarning: The intent 'b' is not used in any story or rule.\n"
LOGGED = "2026-11-23 09:24:05 WARNING  rasa.validator  - There is a duplicate example.\n"


@pytest.mark.parametrize("output", [WARNING, LOGGED])
def test_a_warning_is_unwanted(output: str) -> None:
    assert len(unwanted(output, [])) == 1


def test_an_allowed_warning_is_let_through() -> None:
    allowed = allowed_patterns("# because\nintent 'b' is not used\n")
    assert unwanted(WARNING, allowed) == []


def test_quiet_output_holds_nothing_unwanted() -> None:
    assert unwanted("2026-11-23 09:24:05 INFO  rasa.validator - fine\n", []) == []


def test_an_allowed_warning_without_a_reason_is_refused() -> None:
    with pytest.raises(SystemExit, match="no reason"):
        allowed_patterns("intent 'b'\n")


def test_a_reason_counts_for_the_lines_below_it_only() -> None:
    with pytest.raises(SystemExit, match="no reason"):
        allowed_patterns("# because\n\nintent 'b'\n")


def test_the_list_of_this_tree_gives_its_reasons() -> None:
    assert allowed_patterns(ALLOWED.read_text("utf-8"))
