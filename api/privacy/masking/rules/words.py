"""Words and names that stand beside 「パスワード」 without being one."""

import re

_WORD = re.compile(
    r"id|pw|pc|ok|ng|my|is|it|okay|reset|log[io]n|sign|signin|signup|e?mail|error|google|iphone"
    r"|ipad|gmail|yahoo|line|apple|android|windows|chrome|safari|edge|firefox|icloud|outlook"
    r"|hotmail|docomo|softbank|ezweb|facebook|twitter|instagram|amazon|microsoft|slack|zoom|wifi"
    r"|caps|capslock|(?:un)?lock(?:ed)?|account|user(?:name|id)?|help|forg[eo]t(?:ten)?"
    r"|chang(?:e|ed|ing)|new|old|wrong|(?:in)?correct|invalid|expired|required|missing|empty|lost"
    r"|please|this|that|with|from|(?:my)?page|site|link|url|https?|html|web(?:site)?|browser"
    r"|cookie|cache|password|passwd|pass|code|number|form|button|input|enter|submit|copy|paste"
    r"|save|autofill|keychain|manager|bitwarden|lastpass|bluetooth|hello|hellowork|works?|does"
    r"|doesn|don|can|cannot|not|isn|and|the|for|but|when|what|how|where|why|again|settings?|check"
    r"|confirm|update|recovery|protected|question|issue|problem|trouble|fail(?:s|ed|ure)?|keeps"
    r"|accepted|same|different|about|policy|characters?|null|none|faq|sms|app|being|never|w{3,}"
)
_PRODUCT = re.compile(
    r"(?:ios|ipados|iphone|ipad|macos|mac|windows|win|android|chrome|edge|safari|firefox|galaxy"
    r"|xperia|aquos|pixel|office|word|excel|outlook|java|https?|error|err|version|ver|step|page"
    r"|line|web|ascii|utf|sjis|covid|mp|pc|usb|wifi|no)[\s_.\-]?[0-9]{1,4}(?:\.[0-9]+){0,3}[a-z]{0,7}",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://|www\.", re.IGNORECASE)
_CALENDAR = re.compile(r"[0-9]{1,4}(?:[-/.:~][0-9]{1,4}){1,2}")
_JOINTS = re.compile(r"[-_/.,!?'&+:]+")
_SHORT = re.compile(r"[a-z]{1,2}")
MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def is_product(run: str) -> bool:
    """Tell whether `run` names a product or a version: iOS17, Windows11, error500."""
    return _PRODUCT.fullmatch(run.strip(MARKS)) is not None


def is_innocent(run: str) -> bool:
    """Tell whether `run` reads as plain words, a product, an address of a page or a date."""
    core = run.strip(MARKS)
    if is_product(core) or _URL.match(run) or _CALENDAR.fullmatch(core):
        return True
    parts = _JOINTS.split(core.casefold())
    known = [part for part in parts if _WORD.fullmatch(part)]
    return bool(known) and all(part in known or _SHORT.fullmatch(part) for part in parts)
