"""Say in one sentence each what is wrong with token, webhook URL or clock of LINE and Slack."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import httpx

from tools.channel_check import line, slack
from tools.channel_check.asking import Asking, Wrong
from tools.channel_check.words import said

_LINE_SET = ("HELPBOT_LINE_CHANNEL_SECRET", "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN")
_SLACK_SET = ("HELPBOT_SLACK_SIGNING_SECRET", "HELPBOT_SLACK_BOT_TOKEN")
_PLATFORMS = (("LINE", _LINE_SET, line.wrong), ("Slack", _SLACK_SET, slack.wrong))


def is_set_up(values: Mapping[str, str]) -> bool:
    """Say whether anything of LINE or Slack is set."""
    return any(values.get(each) for each in (*_LINE_SET, *_SLACK_SET))


def problems(values: Mapping[str, str], http: httpx.Client, now: datetime) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; raises nothing for a platform that is down."""
    for platform, needed, look in _PLATFORMS:
        missing = [each for each in needed if not values.get(each)]
        if len(missing) == len(needed):
            continue
        if missing:
            yield said("not_set", platform=platform, name=missing[0])
            continue
        try:
            yield from look(Asking(platform, values, http, now))
        except Wrong as wrong:
            yield str(wrong)
