"""From replies to Slack's blocks, within Block Kit's limits. Pure.

https://docs.slack.dev/reference/block-kit/blocks . Words are `plain_text`, in which `<!channel>`
calls nobody.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from api.channels.contract import Button, Link, Utterance

MOST_BLOCKS, MOST_BUTTONS = 50, 25
_MOST_WORDS, _MOST_LABEL, _MOST_VALUE, _MOST_FALLBACK = 3000, 75, 2000, 3000
# More than about 13,200 characters in all are refused, which no page of Slack's says:
# https://github.com/slackapi/bolt-js/issues/2509
_MOST_IN_ALL = 12_000

Block = dict[str, Any]


def render(replies: Sequence[Utterance], chosen: str = "") -> list[Block]:
    """Return the blocks of one post. With `chosen`, that stands in place of the buttons."""
    blocks = [block for each in replies for block in _words(each)]
    if chosen:
        blocks.append(_context(f"✓ {chosen}"))
    else:
        blocks += _buttons([button for each in replies for button in each.buttons])
    return _within(blocks)


def render_private(replies: Sequence[Utterance]) -> list[Block]:
    """Return the blocks that only one person may see; empty where there is nothing of the kind."""
    links = [each.private_link for each in replies if each.private_link]
    return [_links(links)] if links else []


def fallback(replies: Sequence[Utterance]) -> str:
    """Return the text for notifications; Slack reads it as markup, so it is escaped."""
    text = "\n".join(each.text for each in replies)[:_MOST_FALLBACK]
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(reply: Utterance) -> Iterator[Block]:
    for text in filter(str.strip, [reply.text, *reply.details]):
        yield {"type": "section", "text": _plain(text, _MOST_WORDS)}
    if reply.links:
        yield _links(reply.links)
    if reply.note:
        yield _context(reply.note)


def _links(links: Sequence[Link]) -> Block:
    elements = [
        {
            "type": "button",
            "action_id": f"link-{place}",
            "text": _plain(link.label, _MOST_LABEL),
            "url": link.url,
        }
        for place, link in enumerate(links[:MOST_BUTTONS])
    ]
    return {"type": "actions", "elements": elements}


def _buttons(buttons: Sequence[Button]) -> list[Block]:
    unique = list({each.data: each for each in buttons}.values())[:MOST_BUTTONS]
    elements = [
        {
            "type": "button",
            "action_id": f"choice-{place}",
            "text": _plain(button.label, _MOST_LABEL),
            "value": button.data[:_MOST_VALUE],
        }
        for place, button in enumerate(unique)
    ]
    return [{"type": "actions", "elements": elements}] if elements else []


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_plain(text, _MOST_WORDS)]}


def _plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": text[:most], "emoji": False}


def _within(blocks: list[Block]) -> list[Block]:
    """Leave out words from the end until all fits; the buttons come last and stay."""
    tail = blocks[-1:] if blocks and blocks[-1]["type"] != "section" else []
    head = blocks[: len(blocks) - len(tail)]
    while len(head) + len(tail) > MOST_BLOCKS or len(str(head)) + len(str(tail)) > _MOST_IN_ALL:
        if len(head) <= 1:
            break
        head.pop()
    return [*head, *tail]
