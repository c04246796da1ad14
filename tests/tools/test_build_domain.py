import shutil
from pathlib import Path

import pytest

from tools.build_domain import build
from tools.paths import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("bot/domain", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_each_uttered_answer_becomes_a_response_with_its_id_only(tree: Path) -> None:
    assert build(tree)["responses"]["utter_greeting"] == [{"custom": {"answer": "greeting"}}]


def test_an_answer_that_no_rule_says_is_left_out(tree: Path) -> None:
    assert "utter_opening" not in build(tree)["responses"]


def test_a_rule_that_says_what_the_catalogue_lacks_is_refused(tree: Path) -> None:
    rules = tree / "data/rules/smalltalk.yml"
    rules.write_text(rules.read_text("utf-8").replace("utter_greeting", "utter_nothing"), "utf-8")
    with pytest.raises(SystemExit, match="nothing"):
        build(tree)
