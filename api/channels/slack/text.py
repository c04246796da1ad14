"""Slack's way of writing a person's text, undone. Pure.

https://docs.slack.dev/messaging/formatting-message-text : mentions and links stand in angle
brackets, `& < >` are escaped.
"""

import html
import re

_BRACKETS = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str) -> str:
    """Return what the person typed: links as their words, mentions left out."""
    return html.unescape(_BRACKETS.sub(_typed, text)).strip()


def _typed(match: re.Match[str]) -> str:
    target, label = match[1], match[2]
    if target[:1] in {"@", "!"}:
        return " "
    return label or target.removeprefix("mailto:").removeprefix("tel:")
