"""For schemathesis: two of three requests name something that is really there.

Loaded by SCHEMATHESIS_HOOKS (tests/api/hostile/test_documents.py). What it makes up by itself
would all end at the door: a conversation's id and token have 200 bits.
"""

import os
from typing import Any

import httpx
import schemathesis
from starlette.requests import cookie_parser

BASE, TOKEN = os.environ["HOSTILE_BASE"], os.environ.get("HOSTILE_TOKEN", "")
# An event stream does not end; tests/api/web/test_events.py reads it.
_ENDLESS = "/events"
# A conversation takes 60 messages a minute.
_USES = 25
_LONGEST_COOKIE = 2000
_client = httpx.Client(base_url=BASE, timeout=20)
_turn = 0
_opened: list[dict[str, Any]] = []


def _conversation(*, alone: bool) -> dict[str, Any]:
    """Return an open conversation; `alone`: one that nobody else gets, for what ends it."""
    if alone or not _opened or _turn % _USES < 3:
        _opened.append(_client.post("/chat/conversations").json())
    return _opened.pop() if alone else _opened[-1]


def _handle(purpose: str) -> str:
    body = {"purpose": purpose, "demo_person": "locked"}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return str(_client.post("/v1/verifications", json=body, headers=headers).json()["handle"])


def _purpose(path: str) -> str:
    return {"lockout": "lockout", "features": "features"}.get(path.rsplit("/", 1)[1], "otp_resend")


@schemathesis.hook
def before_call(ctx: Any, case: Any, **kwargs: Any) -> None:
    """Put real ids and tokens in place of the generated ones."""
    global _turn
    _turn += 1
    path, given = case.operation.path, case.path_parameters
    if _turn % 3 == 0 or not given:
        return
    if "conversation_id" in given and not path.endswith(_ENDLESS):
        opened = _conversation(alone=case.method == "DELETE")
        given["conversation_id"] = opened["conversation_id"]
        if "reply_id" in given:
            given["reply_id"] = opened["replies"][0]["id"]
        case.headers["Authorization"] = f"Bearer {opened['token']}"
    elif "handle" in given and TOKEN:
        given["handle"] = _handle(_purpose(path))


@schemathesis.hook
def filter_failure(ctx: Any, failure: Any, case: Any, response: Any) -> bool:
    """Drop what is no fault: a text of nothing visible, which no schema can tell from another; and
    a cookie that is wrong as it was made up, but not as it came: there each is a short text.
    """
    kind = type(failure).__name__
    if kind == "RejectedPositiveData":
        return not (response.status_code == 422 and response.json()["error"] == "text_empty")
    if kind == "AcceptedNegativeData" and case.operation.path.endswith("/private"):
        sent = cookie_parser(response.request.headers.get("Cookie", ""))
        return len(sent.get("helpbot_private", "")) > _LONGEST_COOKIE
    return True
