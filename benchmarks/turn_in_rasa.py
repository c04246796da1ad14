"""Where the time of a turn goes inside Rasa: `.venv-bot/bin/python -m benchmarks.turn_in_rasa`.

Loads the model and answers in this process, with a tracker store on disk and the real action server
behind it; prints the median milliseconds of each part as JSON.
"""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List

import structlog
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent, load_agent
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import SQLTrackerStore
from rasa.core.utils import AvailableEndpoints

from bot.action_results import check_form_once
from bot.tracker_store import PrivateTrackerStore
from bot.turn import run_turn
from bot.utterance import Utterance
from tests.support.servers import API_PYTHON, ROOT, accounts_api, action_server, free_port

TEXTS = (
    "ワンタイムパスワードが届きません",
    "パスワードを忘れました",
    "こんにちは",
    "求人が検索できません",
)
ACTION_TEXT = "アカウントがロックされているか調べてください"
TURNS = 40
# Whose method, its name, what it is called here. None of them calls another one of these, but
# saving, which also cuts off the oldest events.
PARTS = (
    (SQLTrackerStore, "retrieve", "load tracker"),
    (PrivateTrackerStore, "save", "save tracker"),
    (PrivateTrackerStore, "_shorten", "of saving: cut the oldest events"),
    (MessageProcessor, "parse_message", "understand"),
    (MessageProcessor, "predict_next_with_tracker_if_should", "predict"),
    (RemoteAction, "run", "call the action server"),
)
_spent: Dict[str, float] = defaultdict(float)


def clocked(owner: Any, name: str, label: str) -> None:
    """Let a method note how long it takes."""
    inner = getattr(owner, name)

    @functools.wraps(inner)
    async def waited(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return await inner(*args, **kwargs)
        finally:
            _spent[label] += time.perf_counter() - began

    @functools.wraps(inner)
    def called(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return inner(*args, **kwargs)
        finally:
            _spent[label] += time.perf_counter() - began

    setattr(owner, name, waited if asyncio.iscoroutinefunction(inner) else called)


async def turns(agent: Agent, texts: List[str], conversation: str) -> Dict[str, float]:
    """Return the median milliseconds of each part, over a conversation of these texts."""
    rows: List[Dict[str, float]] = []
    for place, text in enumerate(texts):
        _spent.clear()
        began = time.perf_counter()
        await run_turn(agent, Utterance(conversation, f"{conversation}-{place}", "web", text=text))
        rows.append({"whole turn": time.perf_counter() - began, **_spent})
    labels = ("whole turn", *(label for _, _, label in PARTS))
    return {
        label: round(1000 * statistics.median(row.get(label, 0.0) for row in rows), 2)
        for label in labels
    }


async def measured() -> Dict[str, Dict[str, float]]:
    """Return the parts of usual turns, and of turns that call the account API."""
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    agent = await load_agent(os.environ["HELPBOT_MODEL"], endpoints=endpoints)
    check_form_once()
    usual = [TEXTS[place % len(TEXTS)] for place in range(TURNS)]
    await turns(agent, usual[:8], "warm-up")
    for part in PARTS:
        clocked(*part)
    return {
        "usual turn": await turns(agent, usual, "usual"),
        "turn with an account action": await turns(agent, [ACTION_TEXT] * TURNS, "action"),
    }


def main() -> None:
    """Start what stands behind Rasa and measure."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    command = [str(API_PYTHON), "-m", "tools.train"]
    model = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            accounts_api(folder, free_port()) as accounts,
            action_server(folder, free_port(), accounts) as actions,
        ):
            os.environ["HELPBOT_MODEL"] = model.strip()
            os.environ["HELPBOT_ACTIONS_URL"] = f"{actions}/webhook"
            os.environ["HELPBOT_TRACKER_URL"] = f"sqlite:///{folder}/tracker.db"
            found = asyncio.run(measured())
    json.dump(found, sys.stdout, indent=2)


if __name__ == "__main__":
    main()
