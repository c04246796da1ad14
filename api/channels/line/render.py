"""From replies to LINE's message objects, within LINE's limits. Pure.

https://developers.line.biz/en/docs/messaging-api/text-character-count : texts are counted in
UTF-16 units, labels in graphemes.
"""

from collections.abc import Sequence
from typing import Any

import regex

from api.channels.contract import Button, Link, Utterance

MOST_MESSAGES, MOST_QUICK_REPLIES = 5, 13
_MOST_UNITS, _MOST_GRAPHEMES, _MOST_DATA = 5000, 20, 300


def render(
    replies: Sequence[Utterance], *, in_public: bool = False, elsewhere: str = ""
) -> list[dict[str, Any]]:
    """Return at most five messages; the buttons of all stand under the last.

    `in_public` says `elsewhere` in place of links that are for one person alone.
    """
    texts = [
        part for each in replies for part in _parts(_text(each, elsewhere if in_public else None))
    ]
    if len(texts) > MOST_MESSAGES:
        texts = [*texts[: MOST_MESSAGES - 1], _cut("\n\n".join(texts[MOST_MESSAGES - 1 :]))]
    messages: list[dict[str, Any]] = [{"type": "text", "text": text} for text in texts]
    items = [_quick_reply(each) for reply in replies for each in reply.buttons]
    unique = list({each["action"]["data"]: each for each in items}.values())
    if messages and unique:
        messages[-1]["quickReply"] = {"items": unique[:MOST_QUICK_REPLIES]}
    return messages


def _text(reply: Utterance, elsewhere: str | None) -> str:
    lines = [_line(each) for each in reply.links]
    if reply.private_link:
        lines.insert(0, _line(reply.private_link) if elsewhere is None else elsewhere)
    return "\n\n".join(filter(None, [reply.text, *reply.details, *lines, reply.note]))


def _line(link: Link) -> str:
    return f"{link.label}\n{link.url}"


def _quick_reply(button: Button) -> dict[str, Any]:
    label = "".join(regex.findall(r"\X", button.label)[:_MOST_GRAPHEMES])
    data = button.data[:_MOST_DATA]
    action = {"type": "postback", "label": label, "data": data, "displayText": label}
    return {"type": "action", "action": action}


def _parts(text: str) -> list[str]:
    """Return `text` in as many pieces as its length needs, none of them empty."""
    parts = []
    while text:
        part = _cut(text)
        parts.append(part)
        text = text[len(part) :]
    return [part for part in parts if part.strip()]


def _cut(text: str) -> str:
    """Return the beginning that fits, no pair of surrogates and no grapheme torn apart."""
    units, end = 0, 0
    for grapheme in regex.findall(r"\X", text):
        units += len(grapheme.encode("utf-16-le", "surrogatepass")) // 2
        if units > _MOST_UNITS:
            break
        end += len(grapheme)
    # One grapheme may be longer than a message: then it has to be torn.
    return text[: end or _MOST_UNITS // 2]
