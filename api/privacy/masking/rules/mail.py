"""Mail addresses, also as people disguise them: full-width, あっと, [at], spaces round the @."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found, distinct
from api.privacy.masking.rules.shapes import JAPANESE
from api.privacy.masking.rules.words import is_innocent

# Old carrier addresses end with a dot or hold two in a row (taro..x.@docomo.ne.jp), against
# RFC 5321, so nothing is asked of the dots.
_CHAR = r"[A-Za-z0-9._%+\-]"
_SPOKEN_AT = r"アット(?:マーク)?|あっと(?:まーく)?"
_BRACKETED_AT = rf"[\[(<{{【]\s?(?:(?i:at)|@|{_SPOKEN_AT})\s?[\])>}}】]"
_AT = rf"\s{{0,3}}(?:@(?:マーク|まーく)?|{_SPOKEN_AT}|{_BRACKETED_AT})\s{{0,3}}"
_TOP = r"(?=(?i:jp|com|net|org|co|ne|or|ac|go|ed|info|biz|io|me)(?![A-Za-z0-9]))"
_SPOKEN_DOT = r"\s?(?:ドット|どっと|[\[(](?i:dot)[\])])\s?"
_DOT = rf"(?:{_SPOKEN_DOT}|\s?[.。]\s?{_TOP}|(?<=\.)\s{_TOP})"
_HOST = rf"{_CHAR}++(?:{_DOT}{_CHAR}++)*+"
# A chain of @ is taken as a whole: looking for its best part would cost more than it is worth.
_MAIL = re.compile(rf"(?<!{_CHAR}){_CHAR}++(?:{_AT}{_HOST})++")
_TAIL = rf"\.{_TOP}[A-Za-z]++(?:\.[A-Za-z]++)*+"
# 「taro at example dot com」
_LABEL = r"[A-Za-z0-9-]++"
_ENGLISH = re.compile(
    rf"(?<!{_CHAR})(?P<local>{_CHAR}{{2,64}}+)\s{{1,2}}(?i:at)\s{{1,2}}"
    rf"(?P<host>(?!www\.){_LABEL}(?:(?:\s{{1,2}}(?i:dot)\s{{1,2}}|\.{_TOP}|\.(?=[A-Za-z])){_LABEL})++)"
)
_ENGLISH_AT = re.compile(r"\s(?i:at)\s")
_ENGLISH_DOT = re.compile(r"\s+dot\s+")
_ENDS_WELL = re.compile(r"(?:.*\.)(?:jp|com|net|org|info|biz|io|me)")
_VERBS = re.compile(
    r"look(?:s|ed|ing)?|see|seen|saw|me|you|us|am|are|was|were|be|am|meet|work(?:s|ed|ing)?|stay|job"
    r"|jobs|found|find|live|stop(?:ped)?|register(?:ed)?|shop|visit|available|arrive|read|log|logged"
    r"|in|on|up|not|now|here|there|it|is|one|or|and|all|laugh|point|hosted|server"
)
# 「taro@日本.jp」, 「たろう@example.jp」
_JAPANESE_HOST = re.compile(
    rf"(?<!{_CHAR}){_CHAR}++@(?=[A-Za-z0-9-]*{JAPANESE})(?:[A-Za-z0-9-]|{JAPANESE}){{1,30}}{_TAIL}"
)
_JAPANESE_LOCAL = re.compile(rf"(?<={JAPANESE})@(?!{_CHAR}*mhlw\.go\.jp)[A-Za-z0-9.-]*?{_TAIL}")
_NAME = re.compile(rf"(?:(?![はがを]){JAPANESE}){{2,12}}\Z")
_NO_NAME = re.compile(
    r".*(?:ドメイン|指定|許可|受信|拒否|設定|アドレス|メール|登録|追加|送信|宛|ドコモ|ソフトバンク|ヤフー"
    r"|ハローワーク|[でにのともや]|から|[しいきっ]た|んだ|[すいあ]る|って)"
)
# 「@の前はtaro.yamada」: said in pieces, it is an address all the same.
_SAID = re.compile(
    rf"(?:@|{_SPOKEN_AT})(?:マーク)?(?:より)?の?前(?:の部分)?[はが]、?\s?(?P<local>{_CHAR}{{3,64}}+)"
)
_ANY_AT = re.compile(_AT)
_ANY_DOT = re.compile(_DOT)


def find_mails(text: str) -> Iterator[Found]:
    """Yield whatever can be read as a mail address."""
    return distinct([*_ordinary(text), *_english(text), *_japanese(text), *_in_pieces(text)])


def _in_pieces(text: str) -> Iterator[Found]:
    for match in _SAID.finditer(text):
        yield Found(*match.span("local"), "mail", match["local"].casefold())


def _english(text: str) -> Iterator[Found]:
    if not _ENGLISH_AT.search(text):
        return
    for match in _ENGLISH.finditer(text):
        local, host = match["local"].casefold(), _ENGLISH_DOT.sub(".", match["host"].casefold())
        if _ENDS_WELL.fullmatch(host) and not (is_innocent(local) or _VERBS.fullmatch(local)):
            yield Found(*match.span(), "mail", f"{local}@{host}")


def _japanese(text: str) -> Iterator[Found]:
    if "@" not in text:
        return
    for match in _JAPANESE_HOST.finditer(text):
        yield Found(*match.span(), "mail", match[0].casefold())
    for match in _JAPANESE_LOCAL.finditer(text):
        name = _NAME.search(text, max(0, match.start() - 12), match.start())
        if name and not _NO_NAME.fullmatch(name[0]):
            address = name[0] + match[0]
            yield Found(name.start(), match.end(), "mail", address.casefold())


def _ordinary(text: str) -> Iterator[Found]:
    for match in _MAIL.finditer(text):
        if _is_address(match[0]):
            end = match.start() + len(match[0].rstrip(".-"))
            yield Found(match.start(), end, "mail", _plain(match[0]))


def is_mail(run: str) -> bool:
    """Tell whether the whole of `run` is an ordinary address, with a dot in its host."""
    address = run.strip(".,()<>\"'")
    _, at, host = address.partition("@")
    return bool(at) and "@" not in host and "." in host and _MAIL.fullmatch(address) is not None


def _is_address(chain: str) -> bool:
    local, host = _ANY_AT.split(chain, maxsplit=1)
    glued = chain.startswith(local + "@")
    # 「Gmail @gmail.com」: the name of a service, then its host.
    if not glued and len(local) > 2 and is_innocent(local):
        return False
    if "." in host.strip(".") or _ANY_DOT.search(host):
        return True
    return glued and any(map(str.isalpha, local)) and any(map(str.isalpha, host))


def _plain(chain: str) -> str:
    with_at = _ANY_AT.sub("@", chain)
    return _ANY_DOT.sub(".", with_at).casefold().rstrip(".-")
