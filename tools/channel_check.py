"""Say in one sentence each what is wrong with token, webhook URL or clock of LINE and Slack."""

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from tools import secrets_file

# Slack refuses, and is refused, beyond five minutes; half of that is a warning in time.
_MOST_SKEW_SECONDS = 150
_SCOPES = frozenset({"app_mentions:read", "im:history", "channels:history", "chat:write"})
_LINE_SET = ("HELPBOT_LINE_CHANNEL_SECRET", "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN")
_SLACK_SET = ("HELPBOT_SLACK_SIGNING_SECRET", "HELPBOT_SLACK_BOT_TOKEN")

Values = Mapping[str, str]


def is_set_up(values: Values) -> bool:
    """Say whether anything of LINE or Slack is set."""
    return any(values.get(each) for each in (*_LINE_SET, *_SLACK_SET))


def problems(values: Values, http: httpx.Client, now: datetime) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; raises nothing for a platform that is down."""
    for name, needed, look in (("LINE", _LINE_SET, _line), ("Slack", _SLACK_SET, _slack)):
        missing = [each for each in needed if not values.get(each)]
        if len(missing) == len(needed):
            continue
        if missing:
            yield f"{name} is off because {missing[0]} is not set: copy it from the console."
            continue
        try:
            yield from look(values, http, now)
        except (httpx.HTTPError, ValueError) as error:
            yield f"{name} did not answer ({type(error).__name__}): look at the network and proxy."


def _line(values: Values, http: httpx.Client, now: datetime) -> Iterator[str]:
    base = values.get("HELPBOT_LINE_API_BASE", "https://api.line.me")
    headers = {"Authorization": f"Bearer {values['HELPBOT_LINE_CHANNEL_ACCESS_TOKEN']}"}
    info = http.get(f"{base}/v2/bot/info", headers=headers)
    yield from _clock("LINE", info, now)
    if info.status_code != 200:
        yield (
            "LINE refuses the channel access token: issue a new one in the console under "
            "Messaging API and set HELPBOT_LINE_CHANNEL_ACCESS_TOKEN."
        )
        return
    wanted = f"{values.get('HELPBOT_PUBLIC_URL', '').rstrip('/')}/channels/line/webhook"
    if not wanted.startswith("https://"):
        yield "HELPBOT_PUBLIC_URL has to begin with https://: LINE calls no other address."
    found = http.get(f"{base}/v2/bot/channel/webhook/endpoint", headers=headers).json()
    if found.get("endpoint") != wanted:
        yield f"LINE calls {found.get('endpoint')!r}: enter {wanted} as the webhook URL."
    elif not found.get("active"):
        yield "LINE's webhook is switched off: turn on 'Use webhook' in the console."
    else:
        yield from _webhook(http.post(f"{base}/v2/bot/channel/webhook/test", headers=headers))


def _webhook(answer: httpx.Response) -> Iterator[str]:
    """Read what LINE's own test of the webhook found."""
    result: dict[str, Any] = answer.json()
    if result.get("success"):
        return
    if result.get("statusCode") == 401:
        yield (
            "Our gateway refuses LINE's signature: HELPBOT_LINE_CHANNEL_SECRET is not this "
            "channel's secret (console, Basic settings)."
        )
    else:
        status, reason = result.get("statusCode"), result.get("reason")
        yield f"LINE cannot reach the webhook ({reason}, {status}): is the gateway running there?"


def _slack(values: Values, http: httpx.Client, now: datetime) -> Iterator[str]:
    base = values.get("HELPBOT_SLACK_API_BASE", "https://slack.com/api").rstrip("/")
    headers = {"Authorization": f"Bearer {values['HELPBOT_SLACK_BOT_TOKEN']}"}
    answer = http.post(f"{base}/auth.test", headers=headers)
    yield from _clock("Slack", answer, now)
    if not answer.json().get("ok"):
        yield (
            f"Slack refuses the bot token ({answer.json().get('error')}): copy the token that "
            "begins with xoxb- from 'OAuth & Permissions' into HELPBOT_SLACK_BOT_TOKEN."
        )
        return
    granted = {each.strip() for each in answer.headers.get("x-oauth-scopes", "").split(",")}
    if missing := sorted(_SCOPES - granted):
        yield f"The Slack app lacks the scope {', '.join(missing)}: add it and install again."


def _clock(name: str, answer: httpx.Response, now: datetime) -> Iterator[str]:
    """Compare our clock with the platform's."""
    if "date" not in answer.headers:
        return
    skew = (now - parsedate_to_datetime(answer.headers["date"])).total_seconds()
    if abs(skew) > _MOST_SKEW_SECONDS:
        side = "fast" if skew > 0 else "slow"
        yield (
            f"This machine's clock is {abs(skew):.0f} s {side} by {name}'s: switch on NTP, or "
            "every message from Slack is refused."
        )


def main() -> int:
    """Print the sentences; 0 when there are none."""
    values = {**secrets_file.read(), **os.environ}
    if not is_set_up(values):
        print("Neither LINE nor Slack is set up: docs/channels.md says how.")
        return 0
    with httpx.Client(timeout=10) as http:
        found = list(problems(values, http, datetime.now(UTC)))
    print("\n".join(found) or "LINE and Slack: nothing wrong was found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
