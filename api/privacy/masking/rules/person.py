"""Who somebody is: their name and their day of birth, where the words around say so."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found, distinct
from api.privacy.masking.rules.shapes import DASH, SPACE, digits_of

_LETTER = r"[一-龠々ァ-ヺーぁ-ん]"
_KANJI_OR_KANA = r"[一-龠々ァ-ヺー]"
# 「山田 太郎」, 「ヤマダタロウ」, 「Yamada Taro」; hiragana only behind a cue, it is everywhere.
_LATIN = rf"[A-Z][A-Za-z]{{1,14}}(?:{SPACE}[A-Z][A-Za-z]{{1,14}}){{0,3}}"
_NAME = rf"(?:{_KANJI_OR_KANA}{{1,6}}(?:(?:{SPACE}|[・=])?{_KANJI_OR_KANA}{{1,8}}){{0,3}}|{_LATIN})"
_ANY_NAME = rf"(?:{_LETTER}{{2,8}}?(?:(?:{SPACE}|[・=]){_LETTER}{{1,8}}?){{0,3}}|{_LATIN})"
_I = r"(?:私|わたし|わたくし|僕|俺|自分|こちら)"
_CALLED = rf"{SPACE}?と(?:申します|もうします|申す(?:者|もの)|いう者|言う者|いうもの)"
_INTRODUCED = (
    re.compile(rf"{_I}(?:(?:の(?:名前|氏名))?[はが]、?|、)?{SPACE}?(?P<name>{_ANY_NAME}){_CALLED}"),
    re.compile(rf"(?<!{_LETTER})(?:ハローワーク|会社)?(?P<name>{_NAME}){_CALLED}"),
    re.compile(
        rf"{_I}(?:の(?:名前|氏名))?[はが、]、?{SPACE}?(?P<name>{_ANY_NAME})(?:と|って)[い言]います"
    ),
    re.compile(
        rf"(?:名前|氏名|なまえ|しめい|フリガナ|ふりがな|本名|名義)(?:は|が|[:=])、?{SPACE}?"
        rf"(?P<name>{_ANY_NAME})(?=です|でした|と|で登録|、|。|\n|{SPACE}|\Z)"
    ),
)
# What stands where a name would, and is none.
_NO_NAME = re.compile(
    r"(?:何|なん|なに|どう|誰|だれ|同じ|本名|旧姓|仮名|匿名|上記|下記|以下|全角|半角|カタカナ|ひらがな"
    r"|漢字|空欄|空白|なし|正し|正確|違|間違|変|別|入れ|入力|書|登録|未|必須|どこ|いつ|どれ|これ|それ|あれ"
    r"|ここ|そこ|わか|分か|知|出|聞|言|見|利用者|求職者|事業主|担当者|会社員|本人|家族|初心者|学生|無職"
    r"|オンライン|ハローワーク|マイページ|パスワード|ID|OTP|エラー)"
)
_ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHR])"
_TENS = "〇一二三四五六七八九十"
_Y4 = r"(?:19|20)[0-9]{2}"
_DAY = (
    rf"(?:(?:{_Y4}|{_ERA}{SPACE}?(?:[0-9]{{1,2}}|元)){SPACE}?[年.,/{DASH}]の?{SPACE}?[0-9]{{1,2}}{SPACE}?"
    rf"[月.,/{DASH}]{SPACE}?[0-9]{{1,2}}日?|{_Y4}[01][0-9][0-3][0-9]|[0-9]{{2}}年[0-9]{{1,2}}月[0-9]{{1,2}}日"
    rf"|{_ERA}[0-9]{{6}}|{_ERA}[元{_TENS}]{{1,3}}年[{_TENS}]{{1,3}}月[{_TENS}]{{1,3}}日)(?![0-9])"
)
_BORN = (
    re.compile(
        rf"(?:生年月日|誕生日|たんじょうび|生まれた[日の]|バースデー)[^0-9\n]{{0,6}}?{SPACE}?(?P<day>{_DAY})"
    ),
    re.compile(
        rf"(?:誕生日|たんじょうび|バースデー)(?:は|が)、?{SPACE}?(?P<day>[0-9]{{1,2}}月[0-9]{{1,2}}日)"
    ),
    re.compile(rf"(?P<day>{_DAY}){SPACE}?(?:生ま?れ|生(?![年産成徒]))"),
)
_NAME_WORDS = re.compile(
    r"申し?ま?す|名義|もうします|いう者|言う者|いうもの|[い言]います|名前|氏名|なまえ|しめい|本名|フリガナ|ふりがな"
)
_BIRTH_WORDS = re.compile(r"生|誕|たんじょう|バースデー")


def find_persons(text: str) -> Iterator[Found]:
    """Yield names behind 「私は」 and before 「と申します」, and days of birth."""
    found: list[Found] = []
    if _NAME_WORDS.search(text):
        found += _names(text)
    if _BIRTH_WORDS.search(text):
        found += _days(text)
    return distinct(found)


def _names(text: str) -> Iterator[Found]:
    for pattern in _INTRODUCED:
        for match in pattern.finditer(text):
            name = match["name"]
            if not _NO_NAME.match(name) and len(name) > 1:
                yield Found(*match.span("name"), "name", "".join(name.split()))


def _days(text: str) -> Iterator[Found]:
    for pattern in _BORN:
        for match in pattern.finditer(text):
            yield Found(*match.span("day"), "birthday", digits_of(match["day"]) or match["day"])
