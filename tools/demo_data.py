"""`make demo-data`: conversations made by talking with the running bot, for newcomers' eyes.

Each is sent over the public chat API and answered by the bot as it is; afterwards they are
spread over the last eight weeks. Sentences come from the training data, as people write them.
"""

import os
import random
import sqlite3
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx

from tools.failure import give_up
from tools.paths import ROOT, VAR

_SEED, _CONVERSATIONS, _AT_ONCE, _DAYS = 20261123, 2000, 8, 56
# Moments stand in these columns; all of a conversation move by the same span.
_MOMENTS = {
    "conversations": ("id", ["created_at"]),
    "inbox": ("conversation_id", ["received_at", "answered_at"]),
    "replies": ("conversation_id", ["created_at"]),
    "feedback": ("conversation_id", ["given_at"]),
    "turn_details": ("conversation_id", ["created_at"]),
    "digests": ("conversation_id", ["started_at", "last_at"]),
}


def _sentences() -> list[str]:
    lines = [
        line.strip().removeprefix("- ")
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("    - ")
    ]
    # One in twenty is nothing the bot can know, so that the lists of misses are not empty.
    unknown = (ROOT / "data" / "demo_unknown.txt").read_text("utf-8").splitlines()
    return [*lines, *unknown * (len(lines) // 60)]


def _talk(address: str, texts: Sequence[str], chance: random.Random) -> str | None:
    """Hold one conversation; return its id, None where the bot did not answer."""
    with httpx.Client(base_url=address, timeout=60) as http:
        try:
            opened = http.post("/chat/conversations").json()
            path = f"/chat/conversations/{opened['conversation_id']}"
            headers = {"Authorization": f"Bearer {opened['token']}", "Prefer": "wait=20"}
            for number, text in enumerate(texts):
                body = {"client_message_id": str(number), "text": text}
                said = http.post(f"{path}/messages", json=body, headers=headers).json()
                for reply in said.get("replies", [])[:1]:
                    if chance.random() < 0.25:
                        rating = {"solved": chance.random() < 0.7}
                        to = f"{path}/replies/{reply['id']}/feedback"
                        http.post(to, json=rating, headers=headers)
        except (httpx.HTTPError, ValueError, KeyError):
            return None
        return str(opened["conversation_id"])


def _spread(ids: Sequence[str], chance: random.Random) -> None:
    """Move each conversation to a moment of the last weeks, office hours rather than nights."""
    with closing(sqlite3.connect(VAR / "gateway.db", timeout=30)) as database, database:
        for conversation_id in ids:
            hours = chance.randrange(_DAYS) * 24 + abs(int(chance.gauss(6, 5)))
            for table, (key, columns) in _MOMENTS.items():
                moved = ", ".join(
                    f"{name} = strftime('%Y-%m-%d %H:%M:%f', {name}, '-{hours} hours')"
                    for name in columns
                )
                statement = f"UPDATE {table} SET {moved} WHERE {key} = ?"  # noqa: S608 - fixed words
                database.execute(statement, (conversation_id,))


def main() -> int:
    """Make the conversations; COUNT may name another number."""
    address = f"http://127.0.0.1:{os.environ.get('HELPBOT_PORT', '8000')}"
    wanted = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1] else _CONVERSATIONS
    try:
        httpx.get(f"{address}/readyz", timeout=5).raise_for_status()
    except httpx.HTTPError:
        give_up("The bot does not answer: start it with make up, then make demo-data elsewhere.")
    chance, sentences = random.Random(_SEED), _sentences()  # noqa: S311 - no secret
    plans = [chance.choices(sentences, k=chance.choice([1, 1, 2, 3])) for _ in range(wanted)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        chances = [random.Random(chance.random()) for _ in plans]  # noqa: S311
        made = [each for each in pool.map(_talk, [address] * wanted, plans, chances) if each]
    _spread(made, chance)
    print(f"{len(made)} conversations; look at them at {address}/staff")
    return 0


if __name__ == "__main__":
    sys.exit(main())
