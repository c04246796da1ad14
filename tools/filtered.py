"""Run a command and take people's words out of what it prints.

    python -m tools.filtered COMMAND ...

Tracebacks of Rasa and of the action server quote values, and a value may be what somebody typed.
Their own messages are English: a stretch of other letters is a person's or an answer's words. What
is personal in ASCII (addresses, numbers) is masked as on the way in.
"""

import os
import re
import signal
import subprocess
import sys
from types import FrameType

from api.privacy.masking import mask

# Other letters, as they are or as Python's repr and JSON escape them.
_WORDS = re.compile(
    r"(?:[^\x00-\x7f]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[89a-fA-F][0-9a-fA-F])+"
)
_LONGEST = 2_000


def filtered(line: str) -> str:
    """Return a line of a log without anybody's words."""
    return mask(_WORDS.sub("[words]", line[:_LONGEST])).text


def main() -> int:
    """Pass signals on, print the filtered lines, end as the command ends."""
    with subprocess.Popen(
        sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as child:

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, pass_on)
        for line in child.stdout or ():
            print(filtered(line.rstrip("\n")), flush=True)
    # A child killed by a signal ends with a negative number, which no exit code can be.
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
