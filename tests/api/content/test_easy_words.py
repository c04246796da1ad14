"""Easy Japanese, after 「在留支援のためのやさしい日本語ガイドライン」 (2020)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.content.catalogue import Answer, load_catalogue

ROOT = Path(__file__).parents[3]
KANJI = re.compile(r"[一-龠々〆]+")
READING = re.compile(r"[ぁ-んァ-ヶー]{0,4}（[ぁ-んァ-ヶー\s]+")
# What stands on a button of ours is quoted as it stands there.
QUOTED, PLACEHOLDER = re.compile(r"「この会話を消す」"), re.compile(r"\{\w+\}")
STIFF = re.compile(
    r"いただ|(?<!ありがとう)ございま|いたしま|おります|でしょうか|なければなりませ|ないわけ"
)
LONGEST_SENTENCE = 50
ANSWERS = list(load_catalogue().answers.values())


def lines(answer: Answer) -> Iterator[str]:
    for line in (answer.entry.easy.text, *answer.entry.easy.details):
        yield QUOTED.sub("", PLACEHOLDER.sub("", line))


def sentences(line: str) -> list[str]:
    return re.split(r"[。！？]", re.sub(r"（[^）]*）|\s", "", line))


def allowed() -> set[str]:
    text = (ROOT / "data/easy_kanji.txt").read_text("utf-8")
    return {char for line in text.splitlines() if not line.startswith("#") for char in line}


@pytest.mark.parametrize("answer", ANSWERS, ids=[each.id for each in ANSWERS])
def test_the_easy_form_is_easy(answer: Answer) -> None:
    wrong = []
    for line in lines(answer):
        for found in KANJI.finditer(line):
            if not READING.match(line, found.end()):
                wrong.append(f"no reading: {found[0]}")
            wrong += [f"hard kanji: {char}" for char in set(found[0]) - allowed()]
        wrong += [f"long: {each}" for each in sentences(line) if len(each) > LONGEST_SENTENCE]
        wrong += [f"stiff: {line}"] if STIFF.search(line) else []
    assert wrong == []
