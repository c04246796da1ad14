"""A conversation in the terminal through the public chat API."""

import os
import sys
import uuid
from typing import Any

import httpx

from tools.failure import give_up


class Talk:
    """One conversation. A number picks the choice of that number."""

    def __init__(self, http: httpx.Client) -> None:
        opened = http.post("/chat/conversations", json={}).raise_for_status().json()
        self._http = http
        self._path = f"/chat/conversations/{opened['conversation_id']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}", "Prefer": "wait=20"}
        self._choices: list[dict[str, str]] = []
        self.show(opened["replies"])

    def say(self, line: str) -> None:
        """Send a line and print what comes back."""
        content = {"text": line}
        if line.isdigit() and 0 < int(line) <= len(self._choices):
            content = {"choice_id": self._choices[int(line) - 1]["id"]}
        body = {"client_message_id": str(uuid.uuid4()), **content}
        answer = self._http.post(self._path, json=body, headers=self._headers, timeout=30)
        self.show(answer.json().get("replies", [answer.json()]))

    def show(self, replies: list[dict[str, Any]]) -> None:
        """Print replies, their links and numbered choices; an error's sentence as well."""
        for reply in replies:
            print(f"\n{reply.get('text') or reply.get('message', '…')}")
            for line in reply.get("details", []):
                print(f"  {line}")
            for link in reply.get("links", []):
                print(f"  {link['label']}: {link['url']}")
            if reply.get("topics"):
                print(f"  topics: {reply['topics']}")
            self._choices = reply.get("choices", [])
        for number, choice in enumerate(self._choices, 1):
            print(f"  [{number}] {choice['label']}")


def main() -> None:
    """Talk until the input ends."""
    address = os.environ.get("HELPBOT_PUBLIC_URL") or (
        f"http://127.0.0.1:{os.environ.get('HELPBOT_PORT', '8000')}"
    )
    try:
        with httpx.Client(base_url=address) as http:
            talk = Talk(http)
            while line := _ask():
                talk.say(line)
    except httpx.TransportError:
        give_up(f"Nobody answers at {address}: start the bot with make up in another terminal.")


def _ask() -> str:
    """Return the next line that is not blank; empty at the end of the input."""
    while True:
        print("\n> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line or line.strip():
            return line.strip()


if __name__ == "__main__":
    main()
