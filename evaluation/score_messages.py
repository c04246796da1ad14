"""Send messages through the running chat API and write down what was answered.

    .venv-api/bin/python -m evaluation.score_messages --in messages.jsonl --out scored.jsonl

Each line in has `text`, and, where it is known, `topic` and `also` (other topics that count).
Each line out adds `topics`, `offered` (topics of the choices) and `right`.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # called as a file
    sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

_OUT, _ASKED = "out_of_scope", "fallback"


def ask(http: httpx.Client, text: str) -> dict[str, Any]:
    """Return what a new conversation hears in answer to `text`."""
    opened = http.post("/chat/conversations").raise_for_status().json()
    answer = http.post(
        f"/chat/conversations/{opened['conversation_id']}/messages",
        headers={"Authorization": f"Bearer {opened['token']}", "Prefer": "wait=20"},
        json={"client_message_id": "1", "text": text},
    )
    replies = answer.json().get("replies", [])
    return {
        "topics": list(dict.fromkeys(topic for reply in replies for topic in reply["topics"])),
        "offered": [choice["topic"] for reply in replies for choice in reply["choices"]],
    }


def score(row: dict[str, Any], heard: dict[str, Any]) -> dict[str, Any]:
    """Return `row` with what was heard and whether it is right."""
    wanted = {row.get("topic"), *row.get("also", [])}
    return {**row, **heard, "right": bool(wanted & set(heard["topics"]))}


def shares(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of scored lines, shares between 0 and 1.

    `two_requests`: messages of style two_questions where every topic was answered.
    """
    ours = [line for line in lines if line.get("topic") != _OUT]
    others = [line for line in lines if line.get("topic") == _OUT]
    two = [line for line in lines if line.get("style") == "two_questions" and line.get("also")]
    return {
        "messages": len(lines),
        "right": _share(line["right"] for line in lines),
        "right_or_offered": _share(line["right"] or _is_offered(line) for line in ours),
        "asked_back": _share(line["topics"] == [_ASKED] for line in lines),
        "declined_ours": _share(line["topics"] == [_OUT] for line in ours),
        "false_answers": _share(_is_false(line) for line in others),
        "two_requests": _share(
            {line["topic"], *line["also"]} <= set(line["topics"]) for line in two
        ),
    }


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def _is_offered(line: dict[str, Any]) -> bool:
    return bool({line.get("topic"), *line.get("also", [])} & set(line["offered"]))


def _is_false(line: dict[str, Any]) -> bool:
    return not line["right"] and bool(set(line["topics"]) - {_OUT, _ASKED})


def main() -> None:
    """Score a file and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="source", type=Path, required=True)
    parser.add_argument("--out", dest="target", type=Path, required=True)
    files = parser.parse_args()
    address = f"http://127.0.0.1:{os.environ.get('HELPBOT_PORT', '8000')}"
    rows = [json.loads(line) for line in files.source.read_text("utf-8").splitlines() if line]
    with httpx.Client(base_url=address, timeout=30) as http:
        scored = [score(row, ask(http, row["text"])) for row in rows]
    lines = (json.dumps(row, ensure_ascii=False) for row in scored)
    files.target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(shares(scored)) + "\n")


if __name__ == "__main__":
    main()
