"""Which conversations were taken back, in a file of its own.

A restored backup brings back what was erased since; the ledger says what has to go again. It
holds digests of ids, no text and no receipt. It is not part of a backup.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from api.chat.conversations.models import Conversation
from api.kit.ids import digest


class Forgetful(Protocol):
    """What can forget (the erasure service)."""

    async def conversations(self) -> list[Conversation]:
        """Return all conversations."""
        ...

    async def erase(self, conversation: Conversation) -> str:
        """Forget one; return its receipt."""
        ...


class Ledger:
    """One digest a line, added before the rows go."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def note(self, conversation_ids: Iterable[str]) -> None:
        """Write erasures down; on the disk when this returns."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="ascii") as file:
            file.writelines(f"{digest(each)}\n" for each in conversation_ids)
            file.flush()
            os.fsync(file.fileno())

    def __contains__(self, conversation_id: str) -> bool:
        if self._path is None or not self._path.exists():
            return False
        return digest(conversation_id) in self._path.read_text("ascii").split()

    async def replay(self, erasure: Forgetful) -> int:
        """Forget again what a restore has brought back; return how many."""
        back = [each for each in await erasure.conversations() if each.id in self]
        for conversation in back:
            await erasure.erase(conversation)
        return len(back)
