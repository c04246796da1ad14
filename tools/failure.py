"""How a command gives up: one sentence, exit code 1, nothing left running."""

import sys
from typing import NoReturn


def give_up(sentence: str) -> NoReturn:
    """Print what is wrong and what to do, and end the process."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)
