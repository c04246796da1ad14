"""Mail addresses, also as people disguise them: full-width, あっと, [at], spaces round the @."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
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
_ANY_AT = re.compile(_AT)
_ANY_DOT = re.compile(_DOT)


def find_mails(text: str) -> Iterator[Found]:
    """Yield whatever can be read as a mail address."""
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
