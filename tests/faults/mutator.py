"""Change bodies a little: odd values, missing parts, deep nesting, broken bytes."""

import copy
import random
from collections.abc import Iterator
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 2**63, -(2**63), 1e308, "", " ", "\x00", "\ud83d", "\u202e",
    "x" * 5000, "あ" * 1001, "/greeting", "／x", "{{7*7}}", "<!channel>", "' or 1=1 --", [], {},
    [[]], [None], {"": None}, {"a": {"b": {"c": []}}}, "2026-11-23", "choice:", "erase", "text",
)  # fmt: skip


class Mutator:
    """Changes a body a little, the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def mutate(self, body: Any) -> Any:
        """Return a copy with one to four changes."""
        changed = copy.deepcopy(body)
        for _ in range(self.random.randint(1, 4)):
            places = list(_places(changed))
            if places:
                self._change(*self.random.choice(places))
        return changed

    def _change(self, parent: Any, key: Any) -> None:
        way = self.random.randrange(4)
        if way == 0:
            del parent[key]
        elif way == 1 and isinstance(parent, dict):
            parent[self.random.choice(("new", "", "\x00", "type"))] = parent.pop(key)
        elif way == 2:
            parent[key] = _deep(self.random.choice((3, 60)))
        else:
            parent[key] = self.random.choice(ODD)

    def break_bytes(self, raw: bytes) -> bytes:
        """Return `raw` with some bytes wrong, missing or doubled; never `raw` itself."""
        while (broken := self._broken(raw)) == raw:
            # Whoever puts a byte in its own place has broken nothing.
            continue
        return broken

    def _broken(self, raw: bytes) -> bytes:
        broken = bytearray(raw)
        for _ in range(self.random.randint(1, 8)):
            place = self.random.randrange(max(1, len(broken)))
            way = self.random.randrange(3)
            if way == 0:
                broken[place : place + 1] = bytes([self.random.randrange(256)])
            elif way == 1:
                del broken[place : place + self.random.randint(1, 20)]
            else:
                broken[place:place] = broken[place : place + self.random.randint(1, 20)]
        return bytes(broken)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _deep(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    return value
