"""Are LINE and Slack set up as they have to be?"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx

from tools import channel_check, secrets_file
from tools.doctor.finding import Finding, well, wrong

_PART = "channels"


def check() -> Iterator[Finding]:
    """Ask the platforms, where there are any."""
    values = {**secrets_file.read(), **os.environ}
    if not channel_check.is_set_up(values):
        yield well(_PART, "the website only; docs/channels.md tells how to add LINE and Slack.")
        return
    with httpx.Client(timeout=10) as http:
        faults = list(channel_check.problems(values, http, datetime.now(UTC)))
    yield from (wrong(_PART, fault) for fault in faults)
    if not faults:
        yield well(_PART, "LINE and Slack, where they are set up, accept us.")
