import httpx
import pytest

from api.chat.conversations.models import Conversation
from api.chat.engine.protocol import Spoken
from api.chat.inbox.service import Incoming
from api.review.takeover.alerts import SlackAlerts
from api.wiring import Services
from tests.api.conftest import MovingClock
from tests.api.review.conftest import Browser, Staff


class Person:
    """Somebody in a conversation; each message is answered at once."""

    def __init__(self, wired: Services, conversation: Conversation) -> None:
        self.wired, self.conversation, self.count = wired, conversation, 0

    async def says(self, text: str) -> list[str]:
        self.count += 1
        incoming = Incoming(f"{self.conversation.id}:{self.count}", text)
        message = await self.wired.inbox.accept(self.conversation, incoming)
        claimed = await self.wired.worker._leases.claim()
        await self.wired.worker._answering.answer(claimed)
        said = await self.wired.conversations.said_to(message)
        return [each.reply.answer_id for each in said]

    async def hears(self) -> list[tuple[str, str]]:
        history = await self.wired.conversations.history(self.conversation.id)
        return [(s.reply.answer_id, s.reply.body["text"]) for s in history.said]


@pytest.fixture
async def person(wired: Services, clock: MovingClock) -> Person:
    clock.now = clock.now.replace(day=25, hour=2)  # Wednesday, 11 o'clock in Tokyo
    opened = await wired.conversations.open("web")
    person = Person(wired, opened.conversation)
    await person.says("OTP")
    return person


async def wish(person: Person) -> list[Spoken]:
    wired = person.wired
    message = (await wired.conversations.history(person.conversation.id)).messages[-1]
    handovers = wired.worker._answering._handovers
    return await handovers.heard(message, [Spoken("talk_to_human")], wired.review.clock())


async def waiting(wired: Services) -> str:
    return (await wired.review.takeover.open())[0].id


async def accepted(person: Person, browser: Browser) -> str:
    await wish(person)
    handover = await waiting(person.wired)
    await browser.post(f"/staff/takeover/{handover}/accept")
    return handover


async def test_in_opening_hours_the_wait_is_told(person: Person, staff: Staff) -> None:
    await staff("reviewer")
    assert [each.answer for each in await wish(person)] == ["handover_waiting"]


async def test_outside_them_nobody_waits(person: Person, staff: Staff, clock: MovingClock) -> None:
    clock.now = clock.now.replace(hour=11)
    await staff("reviewer")
    assert [each.answer for each in await wish(person)] == ["talk_to_human"]


async def test_on_a_holiday_nobody_waits(person: Person, staff: Staff, clock: MovingClock) -> None:
    clock.now = clock.now.replace(day=23)  # 勤労感謝の日
    await staff("reviewer")
    assert [each.answer for each in await wish(person)] == ["talk_to_human"]


async def test_where_nobody_of_the_staff_is_here_nobody_waits(person: Person, staff: Staff) -> None:
    await staff("reader")
    assert [each.answer for each in await wish(person)] == ["talk_to_human"]


async def test_the_bot_goes_on_while_somebody_waits(person: Person, staff: Staff) -> None:
    await staff("reviewer")
    await wish(person)
    assert await person.says("OTP") != []


async def test_the_bot_is_silent_once_staff_have_accepted(person: Person, staff: Staff) -> None:
    await accepted(person, await staff("reviewer"))
    assert await person.says("OTP") == []
    message = (await person.wired.conversations.history(person.conversation.id)).messages[-1]
    assert message.outcome == "handed_over"


async def test_what_staff_say_reaches_the_person(person: Person, staff: Staff) -> None:
    browser = await staff("reviewer")
    handover = await accepted(person, browser)
    await browser.post(f"/staff/takeover/{handover}/say", text="こんにちは、担当です")
    history = person.wired.web.history(
        await person.wired.conversations.history(person.conversation.id), None
    )
    assert (history.messages[-1].sender, history.messages[-1].text) == (
        "staff", "こんにちは、担当です"
    )  # fmt: skip


async def test_what_staff_say_is_masked_with_a_warning(person: Person, staff: Staff) -> None:
    browser = await staff("reviewer")
    handover = await accepted(person, browser)
    answer = await browser.post(f"/staff/takeover/{handover}/say", text="090-1234-5678に電話します")
    assert "5678" not in str(await person.hears())
    assert "伏せて送りました" in (await browser.get(answer.headers["location"])).text


async def test_a_page_that_looks_again_by_itself_leaves_no_row(
    person: Person, staff: Staff
) -> None:
    browser = await staff("reviewer")
    handover = await accepted(person, browser)

    async def reads() -> int:
        rows = await person.wired.review.audit.latest(action="read")
        return len(rows)

    path = f"/staff/takeover/{handover}"
    browser.client.headers["HX-Request"] = "true"
    await browser.get(path)
    assert await reads() == 0
    other = await staff("reviewer")
    other.client.headers["HX-Request"] = "true"
    await other.get(path)
    assert await reads() == 1


async def test_answers_at_hand_read_as_people_read_them(person: Person, staff: Staff) -> None:
    browser = await staff("reviewer")
    handover = await accepted(person, browser)
    page = (await browser.get(f"/staff/takeover/{handover}", q="電話")).text
    assert "0570-" in page
    assert "{helpdesk" not in page


async def test_two_of_the_staff_cannot_both_accept(person: Person, staff: Staff) -> None:
    first, second = await staff("reviewer"), await staff("reviewer")
    handover = await accepted(person, first)
    assert (await second.post(f"/staff/takeover/{handover}/accept")).status_code == 409
    assert (await second.post(f"/staff/takeover/{handover}/say", text="私")).status_code == 409


async def test_the_bot_is_back_after_the_release(person: Person, staff: Staff) -> None:
    browser = await staff("reviewer")
    handover = await accepted(person, browser)
    await browser.post(f"/staff/takeover/{handover}/release")
    assert await person.says("OTP") != []


async def test_nobody_in_three_minutes_gives_telephone_and_the_bot(
    person: Person, staff: Staff, clock: MovingClock
) -> None:
    await staff("reviewer")
    await wish(person)
    clock.move(minutes=2, seconds=59)
    await person.wired.review.takeover.step()
    assert (await person.hears())[-1][0] != "handover_missed"
    clock.move(seconds=1)
    await person.wired.review.takeover.step()
    assert (await person.hears())[-1][0] == "handover_missed"
    assert await person.says("OTP") != []


async def test_fifteen_idle_minutes_give_the_bot_back(
    person: Person, staff: Staff, clock: MovingClock
) -> None:
    await accepted(person, await staff("reviewer"))
    clock.move(minutes=10)
    await person.says("まだいますか")
    clock.move(minutes=10)
    await person.wired.review.takeover.step()
    assert await person.says("OTP") == []
    clock.move(minutes=15)
    await person.wired.review.takeover.step()
    assert (await person.hears())[-1][0] == "handover_released"


async def test_who_stops_waiting_is_no_longer_in_the_queue(person: Person, staff: Staff) -> None:
    await staff("reviewer")
    await wish(person)
    handovers = person.wired.worker._answering._handovers
    message = (await person.wired.conversations.history(person.conversation.id)).messages[-1]
    cancel = [Spoken("handover_cancelled")]
    await handovers.heard(message, cancel, person.wired.review.clock())
    assert await person.wired.review.takeover.open() == []


async def test_slack_is_told_once_and_its_thread_answers(person: Person, staff: Staff) -> None:
    calls: list[bytes] = []

    def slack(request: httpx.Request) -> httpx.Response:
        calls.append(request.content)
        return httpx.Response(200, json={"ok": True, "ts": "17.1"})

    browser, takeover = await staff("reviewer"), person.wired.review.takeover
    async with httpx.AsyncClient(transport=httpx.MockTransport(slack)) as http:
        takeover._alerts = SlackAlerts(
            http, "https://slack.test", "t", "C1", "待っています", "急ぎ："
        )
        await wish(person)
        await takeover.step()
        await takeover.step()
    assert len(calls) == 1
    await takeover.say_in_thread("17.1", browser.staff_id, "Slackから失礼します")
    assert (await person.hears())[-1] == ("staff_message", "Slackから失礼します")
    await takeover.say_in_thread("17.1", browser.staff_id, "/release")
    assert await person.says("OTP") != []
