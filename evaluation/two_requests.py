"""What it costs and brings to cut a message in two: bot/requests.py on the development set.

    .venv-bot/bin/python -m evaluation.two_requests

`both`: of messages with two requests, those where both were found. `split`: of stories with one
request and of all other messages, those that were taken for two. In per cent. Each line changes
how sure both parts have to be: with a word that adds, in sentences of their own, otherwise.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from itertools import product
from typing import Any

from rasa.core.agent import load_agent
from rasa.core.processor import MessageProcessor

from bot import requests
from bot.text.segments import ADDED, ASKED, LOOSE
from evaluation.corpus import ROOT

_FOLDER = ROOT / "tests" / "data" / "development"
_ADDED, _ASKED, _LOOSE = (0.4, 0.5, 0.6), (0.65, 0.75, 0.85), (0.85, 0.95)


class Remembering:
    """A processor that parses each text once."""

    def __init__(self, processor: MessageProcessor) -> None:
        self._processor, self._known = processor, {}  # type: ignore[var-annotated]

    async def parse_message(self, message: Any) -> dict[str, Any]:
        """Return what the pipeline makes of `message`."""
        if message.text not in self._known:
            self._known[message.text] = await self._processor.parse_message(message)
        known: dict[str, Any] = self._known[message.text]
        return known


def _messages() -> dict[str, list[dict[str, Any]]]:
    lines = [
        json.loads(line)
        for path in sorted(_FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    two = [m for m in lines if m.get("also") and m.get("style", "two_questions") == "two_questions"]
    stories = [m for m in lines if m.get("style", "long") == "long" and m not in two]
    return {"two": two, "stories": stories, "rest": [m for m in lines if m not in two + stories]}


async def _found(processor: Any, messages: list[dict[str, Any]]) -> list[list[str]]:
    """Return the intents of each message."""
    found = [await requests.find_requests(processor, message["text"]) for message in messages]
    return [[each.intent for each in every] for every in found]


async def _line(processor: Any, messages: dict[str, list[dict[str, Any]]]) -> list[float]:
    found = {}
    for kind, each in messages.items():
        found[kind] = await _found(processor, each)
    both = [
        {message["topic"], message["also"][0]} <= set(intents)
        for message, intents in zip(messages["two"], found["two"], strict=True)
    ]
    split = [[len(intents) > 1 for intents in found[kind]] for kind in ("stories", "rest")]
    return [100 * sum(each) / len(each) for each in (both, *split)]


async def _table(processor: Any) -> None:
    messages = _messages()
    sys.stdout.write(" added  asked  loose    both  split stories  split rest\n")
    for sure in product(_ADDED, _ASKED, _LOOSE):
        requests.SURE_ENOUGH.update(zip((ADDED, ASKED, LOOSE), sure, strict=True))
        figures = await _line(processor, messages)
        sys.stdout.write("".join(f"{value:6.2f} " for value in sure))
        sys.stdout.write(f"{figures[0]:7.1f}{figures[1]:15.1f}{figures[2]:12.1f}\n")


def main() -> None:
    """Print the table with this tree's model."""
    logging.disable()
    train = [str(ROOT / ".venv-api/bin/python"), "-m", "tools.train"]
    model = subprocess.run(  # noqa: S603
        train, cwd=ROOT, check=True, capture_output=True, text=True
    )
    agent = asyncio.run(load_agent(model_path=model.stdout.strip()))
    if agent.processor:
        asyncio.run(_table(Remembering(agent.processor)))


if __name__ == "__main__":
    main()
