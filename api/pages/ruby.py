"""Easy Japanese writes the reading behind the kanji, 番号（ばんごう）: put it above them. Pure."""

import re

from markupsafe import Markup, escape

# Kanji, then katakana or hiragana in brackets.
_READING = re.compile(
    r"([\u4e00-\u9fa0\u3005\u3006\u30f6]+)\uff08([\u3041-\u3093\u30a1-\u30f6\u30fc]+)\uff09"
)
# Ten digits in groups, as the catalogue writes telephone numbers.
_PHONE = re.compile(r"0[0-9]{1,3}-[0-9]{2,6}(?:-[0-9]{3,4})?")
_LINK = Markup('<a href="tel:{}">{}</a>')
_RUBY = Markup("<ruby>{}<rp>\uff08</rp><rt>{}</rt><rp>\uff09</rp></ruby>")


def with_phones(text: str) -> Markup:
    """Return `text`, escaped, with its readings as ruby and its telephone numbers to tap."""
    parts, at = [], 0
    for found in _PHONE.finditer(text):
        digits = found[0].replace("-", "")
        if len(digits) == 10:
            parts += [with_ruby(text[at : found.start()]), _LINK.format(digits, found[0])]
            at = found.end()
    return Markup("").join([*parts, with_ruby(text[at:])])


def with_ruby(text: str) -> Markup:
    """Return `text`, escaped, with its readings as ruby."""
    parts, at = [], 0
    for found in _READING.finditer(text):
        parts += [escape(text[at : found.start()]), _RUBY.format(found[1], found[2])]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])
