"""Four roles and every address of the console: who may, who may not."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from api.review.door.guard import Allow, past_the_code, signed_in
from api.review.routes import NOUNS, PREFIX
from api.review.staff.models import ROLES
from tests.api.review.conftest import Staff

# Whoever stands at the door has no role yet.
DOOR = {"/staff/login", "/staff/code", "/staff/logout", "/staff/password", "/staff/factor"}
# The least role for each address. An address that is missing here fails the test.
LEAST = {
    "GET /staff/conversations": "reader",
    "GET /staff/conversations/live": "reader",
    "GET /staff/conversations/{conversation_id}": "reader",
    "GET /staff/receipt": "reader",
    "GET /staff/queue": "reviewer",
    "GET /staff/queue/agreement": "reader",
    "GET /staff/queue/{message_id}": "reviewer",
    "POST /staff/queue/{message_id}": "reviewer",
    "POST /staff/queue/{message_id}/skip": "reviewer",
    "GET /staff/teaching": "reviewer",
    "GET /staff/teaching/new/{message_id}": "reviewer",
    "POST /staff/teaching/new/{message_id}": "reviewer",
    "POST /staff/teaching/candidates/{candidate_id}": "editor",
    "POST /staff/teaching/try": "editor",
    "GET /staff/teaching/download": "editor",
    "GET /staff/teaching/models/{row_id}": "reviewer",
    "POST /staff/teaching/models/{row_id}/adopt": "editor",
    "POST /staff/teaching/models/{row_id}/guest": "editor",
    "GET /staff/answers": "reader",
    "GET /staff/answers/export": "editor",
    "GET /staff/answers/{answer_id}": "reader",
    "POST /staff/answers/{answer_id}": "editor",
    "POST /staff/answers/{answer_id}/preview": "editor",
    "POST /staff/answers/{answer_id}/checked": "editor",
    "POST /staff/answers/versions/{version_id}": "editor",
    "GET /staff/notices": "reader",
    "POST /staff/notices": "editor",
    "POST /staff/notices/{notice_id}/withdraw": "editor",
    "GET /staff/takeover": "reviewer",
    "GET /staff/takeover/count": "reviewer",
    "GET /staff/takeover/{handover_id}": "reviewer",
    "POST /staff/takeover/{handover_id}/accept": "reviewer",
    "POST /staff/takeover/{handover_id}/say": "reviewer",
    "POST /staff/takeover/{handover_id}/release": "reviewer",
    "GET /staff/unanswered": "reader",
    "GET /staff/dashboard": "reader",
    "GET /staff/dashboard/{name}.svg": "reader",
    "GET /staff/dashboard/{name}.csv": "reader",
    "GET /staff/export.csv": "editor",
    "GET /staff/export.jsonl": "editor",
    "GET /staff/me": "reader",
    "GET /staff/members": "admin",
    "POST /staff/members": "admin",
    "POST /staff/members/{staff_id}": "admin",
    "POST /staff/members/{staff_id}/reset": "admin",
    "GET /staff/audit": "admin",
}


ENDLESS = {"GET /staff/conversations/live"}


def addresses() -> Iterator[tuple[str, APIRoute]]:
    """Yield "METHOD path" and route of the whole console."""
    for noun in NOUNS:
        for route in noun.router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods):
                yield f"{method} {PREFIX}{route.path}", route


def declared(route: APIRoute) -> str | None:
    calls = [each.call for each in route.dependant.dependencies]
    allowed = [call.role for call in calls if isinstance(call, Allow)]
    if allowed:
        return allowed[0]
    return "door" if {signed_in, past_the_code} & set(calls) else None


def test_every_address_is_in_the_table() -> None:
    found = {name for name, _ in addresses() if name.split()[1] not in DOOR}
    assert found == set(LEAST)


def test_nothing_but_the_sign_in_page_is_open() -> None:
    open_ones = {name for name, route in addresses() if declared(route) is None}
    assert open_ones == {"GET /staff/login", "POST /staff/login"}


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reaches_exactly_what_it_should(staff: Staff, role: str) -> None:
    wrong = {}
    for name, least in LEAST.items():
        if name in ENDLESS and ROLES.index(role) >= ROLES.index(least):
            continue  # the test client would wait for the end of the stream
        browser = await staff(role)
        method, path = name.split()
        path = re.sub(r"{\w+}", "x", path)
        answer = await (browser.get(path) if method == "GET" else browser.post(path))
        allowed = ROLES.index(role) >= ROLES.index(least)
        refused = answer.status_code == 403
        if allowed == refused:
            wrong[name] = answer.status_code
    assert wrong == {}


async def test_nobody_comes_in_without_signing_in(staff: Staff, browsers: object) -> None:
    browser = browsers()  # type: ignore[operator]
    for name in LEAST:
        method, path = name.split()
        path = re.sub(r"{\w+}", "x", path)
        answer = await (browser.get(path) if method == "GET" else browser.post(path))
        assert answer.status_code in {303, 403}, name
