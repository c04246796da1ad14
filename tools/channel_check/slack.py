"""Slack: token, scopes, and whether our public address answers what only Slack could have signed.

https://docs.slack.dev/reference/methods/auth.test
https://docs.slack.dev/reference/events/url_verification
"""

import json
import secrets
from collections.abc import Iterator

import httpx

from api.channels.slack.needs import SCOPES
from api.channels.slack.verify import SIGNATURE, TIMESTAMP, sign
from tools.channel_check.asking import Asking, Wrong
from tools.channel_check.words import said

_API, _PATH = "https://slack.com/api", "/channels/slack/events"
_REFUSED, _UNSIGNED = frozenset({401, 403}), 401
_BUSY = frozenset({"internal_error", "fatal_error", "service_unavailable", "team_added_to_org"})


def wrong(asking: Asking) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; raises Wrong where that is the last one."""
    token = asking.values["HELPBOT_SLACK_BOT_TOKEN"]
    answer = asking.ask("POST", f"{asking.base(_API)}/auth.test", token)
    skewed = [*asking.clock(answer)]
    yield from skewed
    _token(asking, answer)
    yield from _scopes(answer)
    # What is signed at a wrong time is refused whatever it is signed with.
    found = _address(asking, asking.public(_PATH))
    yield from (each for each in found if not (skewed and each == said("slack_secret")))


def _token(asking: Asking, answer: httpx.Response) -> None:
    if answer.status_code in _REFUSED:
        raise Wrong(said("slack_token", error=answer.status_code))
    body = asking.read(answer)
    error = body.get("error")
    if error == "ratelimited":
        asking.limited(answer)
    if error in _BUSY:
        raise Wrong(said("down", platform=asking.platform, status=error))
    if not body.get("ok"):
        raise Wrong(said("slack_token", error=error))
    if not body.get("bot_id"):
        raise Wrong(said("slack_token", error="not a bot's"))


def _scopes(answer: httpx.Response) -> Iterator[str]:
    granted = {each.strip() for each in answer.headers.get("x-oauth-scopes", "").split(",")}
    if missing := sorted(SCOPES - granted):
        yield said("slack_scopes", missing=", ".join(missing))


def _address(asking: Asking, url: str) -> Iterator[str]:
    """Ask our own gateway as Slack does when the address is entered in its console."""
    challenge = secrets.token_hex(16)
    raw = json.dumps({"type": "url_verification", "challenge": challenge}).encode()
    stamp = str(int(asking.now.timestamp()))
    secret = asking.values["HELPBOT_SLACK_SIGNING_SECRET"]
    headers = {TIMESTAMP: stamp, SIGNATURE: sign(secret, raw, stamp)}
    try:
        answer = asking.http.post(url, content=raw, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        yield said("slack_url", wanted=url, reason=type(error).__name__)
        return
    if answer.status_code == _UNSIGNED:
        yield said("slack_secret")
    elif not _came_back(answer, challenge):
        yield said("slack_url", wanted=url, reason=answer.status_code)


def _came_back(answer: httpx.Response, challenge: str) -> bool:
    try:
        return answer.status_code == 200 and answer.json() == {"challenge": challenge}
    except ValueError:
        return False
