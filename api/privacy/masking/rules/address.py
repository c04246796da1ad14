"""Where somebody lives: postal codes, and addresses down to the house."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found, distinct
from api.privacy.masking.rules.shapes import DASH, SPACE

_POSTAL = re.compile(
    rf"(?:〒{SPACE}?|郵便番号[はがも:]{{0,1}}{SPACE}?)(?P<code>[0-9]{{3}}{SPACE}?[{DASH}]?{SPACE}?[0-9]{{4}})(?![0-9])"
)
# Not the particles: behind 「市の求人を」 no house number follows.
_LETTERS = r"(?:(?![はがをにでもとへ])[一-龠々ヶケヵノぁ-んァ-ヺー])"
_NUMBER = r"[0-9一二三四五六七八九十]{1,4}"
_BLOCK = (
    rf"(?:{_NUMBER}{SPACE}?(?:丁目?|番地?|号)(?!号|目の)(?:{SPACE}?の?{SPACE}?{_NUMBER}(?:番地?|号|[{DASH}]))*"
    rf"(?:{_NUMBER})?|[0-9]{{1,4}}(?:[{DASH}の][0-9]{{1,4}}){{1,3}})(?:号)?"
    rf"(?![0-9]|{SPACE}?(?:件|人|回|日|時|分|年|か月|ヶ月|週|万|円|社|名|歳|代|%|丁目の求人))"
)
_HOUSE = rf"(?:{SPACE}?[一-龠々ァ-ヺーA-Za-z]{{1,15}}{SPACE}?[0-9]{{1,4}}号?室?)?"
_PREFECTURE = r"(?:東京都|北海道|(?:京都|大阪)府|[一-龠]{2,3}県)"
_TOWN = r"[一-龠々ヶケぁ-んァ-ヺー]{1,7}?[市区町村郡]"
# 「南3条西18丁目」 of Hokkaido; 「おもろまち」, whose letters are particles elsewhere.
_KANA_TOWN = r"(?!から|まで|では|には|でも|とか|より)[ぁ-ん]{3,8}"
_PART = rf"(?:(?:{_LETTERS}|[0-9]{{1,2}}条){{0,14}}?|{_KANA_TOWN})"
_ADDRESS = re.compile(
    rf"(?P<address>(?:{_PREFECTURE}{SPACE}?)?{_TOWN}{SPACE}?{_PART}{SPACE}?{_BLOCK}{_HOUSE})"
)
_MARKED = re.compile(
    rf"(?:住所|じゅうしょ|住んでいる(?:の|ところ|場所))(?:は|が|[:=])、?{SPACE}?"
    rf"(?P<address>(?:{_PREFECTURE}{SPACE}?)?{_LETTERS}{{1,20}}?{SPACE}?{_BLOCK}{_HOUSE})"
)
_SIGNS = re.compile(
    rf"〒|郵便番号|住|[市区町村郡][^\n]{{0,16}}?(?:[0-9]{{1,4}}[{DASH}][0-9]|[0-9]の[0-9]|丁目|[0-9]丁|番地|番[0-9])"
)
# A leading particle or verb is no part of the address: 「いま東京都…」, 「会社は大阪市…」.
_BEFORE = re.compile(r".*(?:[はがをにでもと、。]|いま|から|の)")


def find_addresses(text: str) -> Iterator[Found]:
    """Yield postal codes, and places that go down to a block or a house."""
    if not _SIGNS.search(text):
        return iter(())
    found = [Found(*m.span("code"), "address", _plain(m["code"])) for m in _POSTAL.finditer(text)]
    for pattern in (_MARKED, _ADDRESS):
        found += [_without_lead(match) for match in pattern.finditer(text)]
    return distinct(found)


def _without_lead(match: re.Match[str]) -> Found:
    start, end = match.span("address")
    town = re.search(r"[都道府県市区町村郡]", match["address"])
    lead = _BEFORE.match(match["address"], 0, town.start()) if town else None
    start += lead.end() if lead else 0
    return Found(start, end, "address", _plain(match.string[start:end]))


def _plain(address: str) -> str:
    return "".join(address.split())
