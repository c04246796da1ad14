"""LINE: token, webhook URL, and whether LINE's own test of it gets through.

https://developers.line.biz/en/reference/messaging-api/#webhook-settings
"""

from collections.abc import Iterator
from functools import partial

from tools.channel_check.asking import Asking, Wrong
from tools.channel_check.words import said

_API, _PATH = "https://api.line.me", "/channels/line/webhook"
_REFUSED, _ABSENT, _UNSIGNED = frozenset({401, 403}), 404, 401


def wrong(asking: Asking) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; raises Wrong where that is the last one."""
    base, token = asking.base(_API), asking.values["HELPBOT_LINE_CHANNEL_ACCESS_TOKEN"]
    ask = partial(asking.ask, token=token)
    info = ask("GET", f"{base}/v2/bot/info")
    yield from asking.clock(info)
    if info.status_code in _REFUSED:
        raise Wrong(said("line_token", status=info.status_code))
    asking.read(info)
    wanted = asking.public(_PATH)
    endpoint = ask("GET", f"{base}/v2/bot/channel/webhook/endpoint")
    if endpoint.status_code == _ABSENT:
        raise Wrong(said("line_no_url", wanted=wanted))
    _compare(asking.read(endpoint), wanted)
    _try(asking.read(ask("POST", f"{base}/v2/bot/channel/webhook/test")), wanted)


def _compare(endpoint: dict[str, object], wanted: str) -> None:
    found = endpoint.get("endpoint")
    if not found:
        raise Wrong(said("line_no_url", wanted=wanted))
    if found != wanted:
        raise Wrong(said("line_other_url", found=found, wanted=wanted))
    if endpoint.get("active") is not True:
        raise Wrong(said("line_inactive"))


def _try(test: dict[str, object], wanted: str) -> None:
    """Read what LINE's own test of the webhook found."""
    if test.get("success") is True:
        return
    status, reason = test.get("statusCode"), test.get("reason")
    if status == _UNSIGNED:
        raise Wrong(said("line_secret"))
    raise Wrong(said("line_webhook", wanted=wanted, reason=reason, status=status))
