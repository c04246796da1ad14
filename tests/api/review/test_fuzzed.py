"""Every address of the console under whatever can be typed, by somebody who may do everything."""

import os

import httpx
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.review.conftest import Staff
from tests.api.review.test_permissions import addresses

CASES = int(os.environ.get("HELPBOT_TEST_CASES", "150"))
NASTY = st.sampled_from(
    ["", "\0", "'; drop table inbox; --", "{{7*7}}", "<script>", "%", "9" * 40, "-1", "1",
     "2026-13-45", "2026-11-24", "あ" * 3_000, "NaN", "on", "../../etc/passwd", "password_forgot"]
)  # fmt: skip
TYPED = NASTY | st.text(max_size=40)
IN_A_PATH = st.text(st.characters(min_codepoint=48, max_codepoint=122), min_size=1, max_size=20)


# The test client would wait for the end of the stream; a trial begins to train a model; leaving
# ends the visit.
LEFT_OUT = {"GET /staff/conversations/live", "POST /staff/teaching/try", "POST /staff/logout"}
TRIED = [(name, route) for name, route in addresses() if name not in LEFT_OUT]


def names_of(route: APIRoute) -> list[str]:
    """Return what the route reads of query and form."""
    parts = route.dependant
    return [each.alias for each in (*parts.query_params, *parts.body_params)]


@settings(
    max_examples=CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
async def test_no_address_of_the_console_fails(staff: Staff, data: st.DataObject) -> None:
    name, route = data.draw(st.sampled_from(TRIED))
    browser = await staff("admin")
    method, path = name.split()
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", data.draw(IN_A_PATH).replace("/", "-"))
    known = names_of(route)
    keys = st.sampled_from(known) if known else st.just("q")
    fields = data.draw(st.dictionaries(keys, TYPED, max_size=6))
    answer: httpx.Response
    if method == "GET":
        answer = await browser.get(path, **fields)
    else:
        answer = await browser.post(path, **fields)
    assert answer.status_code < 500, (method, path, fields)
