from pathlib import Path

import pytest
import yaml

from bot.text.folding import fold

TABLE = yaml.safe_load((Path(__file__).parents[1] / "data" / "folding.yml").read_text("utf-8"))


@pytest.mark.parametrize(("spelling", "folded"), TABLE)
def test_spellings_of_one_word_fold_to_one_form(spelling: str, folded: str) -> None:
    assert fold(spelling) == folded


def test_folding_twice_changes_nothing() -> None:
    for spelling, _ in TABLE:
        assert fold(fold(spelling)) == fold(spelling)
