"""Who is served first."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from api.chat.handover.models import HELD, WAITING, Handover
from api.review.takeover.alerts import SlackAlerts
from api.review.takeover.callers import in_order
from api.wiring import Services
from tests.api.review.conftest import Staff
from tests.api.review.told import Teller, Told

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


def handover(conversation: str, minutes: int, state: str = WAITING) -> Handover:
    asked = NOW - timedelta(minutes=minutes)
    return Handover(id=f"h-{conversation}", conversation_id=conversation, state=state,
                    channel="web", asked_at=asked, last_at=asked, alerted=True)  # fmt: skip


def test_whoever_wrote_of_distress_comes_before_those_who_wait_longer() -> None:
    intents = {"old": ["password_forgot"], "new": ["distress", "talk_to_human"]}
    callers = in_order([handover("old", 2), handover("new", 1)], intents, NOW)
    assert [each.handover.conversation_id for each in callers] == ["new", "old"]


def test_the_wish_for_a_person_is_no_topic() -> None:
    callers = in_order([handover("c", 1)], {"c": ["otp_not_received", "talk_to_human"]}, NOW)
    assert callers[0].topic == "otp_not_received"


def test_minutes_are_those_of_waiting() -> None:
    callers = in_order([handover("a", 2), handover("b", 9, HELD)], {}, NOW)
    assert {each.handover.conversation_id: each.minutes for each in callers} == {"a": 2, "b": 0}


async def test_the_page_marks_who_is_urgent(staff: Staff, teller: Teller, wired: Services) -> None:
    conversation, _ = await teller.tell(Told("もう消えたい", intent="distress"))
    async with wired.database.transaction() as session:
        session.add(handover(conversation, 1))
    browser = await staff("reviewer")
    assert "ほかの人より先に" in (await browser.get("/staff/takeover")).text


async def test_the_head_of_every_page_says_that_somebody_is_urgent(
    staff: Staff, teller: Teller, wired: Services
) -> None:
    conversation, _ = await teller.tell(Told("もう消えたい", intent="distress"))
    async with wired.database.transaction() as session:
        session.add(handover(conversation, 1))
    browser = await staff("reviewer")
    assert "急ぎ" in (await browser.get("/staff/takeover/count")).text


SAID = [(True, "急ぎ：待っています"), (False, "待っています")]


@pytest.mark.parametrize(("urgent", "said"), SAID)
async def test_slack_is_told_whether_it_is_urgent(urgent: bool, said: str) -> None:
    told: list[str] = []

    def slack(request: httpx.Request) -> httpx.Response:
        told.append(json.loads(request.content)["text"])
        return httpx.Response(200, json={"ok": True, "ts": "1.1"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(slack)) as http:
        alerts = SlackAlerts(http, "https://slack.test", "t", "C1", "待っています", "急ぎ：")
        await alerts.waiting("c-1", urgent=urgent)
    assert told == [said]
