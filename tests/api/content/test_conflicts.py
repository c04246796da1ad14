"""Where the article is wrong or out of date, the answers follow the official pages."""

from pathlib import Path

import pytest
import yaml

from api.content.catalogue import Catalogue, load_catalogue

ROOT = Path(__file__).parents[3]
CONFLICTS = yaml.safe_load((ROOT / "tests/data/conflicts.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def words(catalogue: Catalogue, answer_id: str) -> str:
    entry = catalogue[answer_id].entry
    said = [entry.text, *entry.details, entry.easy.text, *entry.easy.details]
    text = "".join(said)
    for name, fact in catalogue.facts.items():
        text = text.replace("{" + name + "}", fact)
    return text


def test_all_26_conflicts_are_listed() -> None:
    assert sorted(CONFLICTS) == list(range(1, 27))


@pytest.mark.parametrize("number", sorted(CONFLICTS))
def test_a_conflict_is_told_right(number: int, catalogue: Catalogue) -> None:
    wanted = CONFLICTS[number]
    each = [words(catalogue, answer) for answer in wanted["answers"]]
    together = "".join(each)
    assert [part for part in wanted.get("says", []) if part not in together] == []
    assert [part for part in wanted.get("never", []) if part in together] == []
