"""Training data: enough of it, in every style, nothing said twice (CONTRIBUTING.md)."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from bot.text.sound import sound
from tools.near_duplicates import FOLDER, Example, alike, examples
from tools.near_duplicates import main as near_duplicates

STYLES = yaml.safe_load((Path(__file__).parents[1] / "data/styles.yml").read_text("utf-8"))
# Asked back or read from the words; they have a few dozen fixed ways of being said.
INTERNAL = {
    "which_mail", "which_registration", "which_expired", "which_trouble",
    "what_is_that", "already_tried", "tonight", "circumstance",
}  # fmt: skip
# What is not about the service has no length or style it must be said in.
PLAIN = {
    "greeting", "thanks", "goodbye", "affirm", "deny", "distress",
    "repeat_last", "simplify_last", "more_options", "erase_conversation", "menu",
}  # fmt: skip
BACKGROUND = "out_of_scope"
# What staff taught comes on top: each sentence is there because one like it was misunderstood.
BY_STAFF = "taught.yml"
TAUGHT: dict[str, list[str]] = defaultdict(list)
WRITTEN: Counter[str] = Counter()
for example in examples(FOLDER):
    TAUGHT[example.intent].append(example.text)
    WRITTEN[example.intent] += example.path.name != BY_STAFF
SERVICE = sorted(set(TAUGHT) - INTERNAL - PLAIN - {BACKGROUND})


@pytest.mark.parametrize("intent", sorted(set(TAUGHT) - INTERNAL - {BACKGROUND}))
def test_an_intent_has_60_to_150_examples(intent: str) -> None:
    assert 60 <= WRITTEN[intent] <= 150


def test_what_is_not_ours_has_many_times_as_many_examples() -> None:
    assert len(TAUGHT[BACKGROUND]) >= 4 * 150


@pytest.mark.parametrize("style", STYLES)
def test_each_intent_about_the_service_is_said_in_every_style(style: str) -> None:
    sign, least = re.compile(STYLES[style]["sign"]), STYLES[style]["least"]
    counts = {name: sum(bool(sign.search(text)) for text in TAUGHT[name]) for name in SERVICE}
    assert {name: n for name, n in counts.items() if n < least} == {}


def test_no_two_examples_say_the_same() -> None:
    assert near_duplicates() == 0


def test_spellings_of_one_sentence_are_found_and_both_files_named() -> None:
    from sudachipy import Dictionary, SplitMode

    first = Example(FOLDER / "a.yml", 3, "password_forgot", "パスワードを忘れました")
    second = Example(FOLDER / "b.yml", 9, "login_page_where", "ﾊﾟｽﾜｰﾄﾞ　わすれました。")
    words = Dictionary().create(mode=SplitMode.C)
    ((one, other),) = alike([first, second], [sound(each.text, words) for each in (first, second)])
    assert "a.yml:3" in str(one)
    assert "b.yml:9" in str(other)
