"""`make channel-check`: print the sentences; 0 when there are none."""

import os
import sys
from datetime import UTC, datetime

import httpx

from tools import secrets_file
from tools.channel_check import is_set_up, problems
from tools.channel_check.words import said


def main() -> int:
    """Look at what is set up."""
    values = {**secrets_file.read(), **os.environ}
    if not is_set_up(values):
        print(said("nothing_set_up"))
        return 0
    with httpx.Client(timeout=10) as http:
        found = list(problems(values, http, datetime.now(UTC)))
    print("\n".join(found) or said("nothing_wrong"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
