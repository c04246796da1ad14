import pytest

from bot.components.other_services import OURS, OtherServices

KNOWN = OtherServices()


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (["マイナポータル", "に", "入れ", "ない"], ["authority"]),
        (["Ｉｎｄｅｅｄ", "の", "パスワード"], ["job_site"]),
        (["ゆうちょ", "銀行"], ["money"]),
        (["LINE", "が", "開か", "ない"], ["chat"]),
        (["e", "-", "Tax", "の", "暗証"], ["authority"]),
        (["ハローワーク", "と", "インディード"], ["job_site", OURS]),
        (["番号", "が", "来", "ない"], []),
    ],
)
def test_a_named_service_is_known_by_its_kind(words: list[str], kinds: list[str]) -> None:
    assert KNOWN.kinds(words) == kinds


@pytest.mark.parametrize("word", ["オンライン", "パスワード", "ガイドライン"])
def test_a_name_inside_a_longer_word_does_not_count(word: str) -> None:
    assert KNOWN.kinds([word]) == []
