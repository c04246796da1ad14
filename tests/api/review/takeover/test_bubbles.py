"""A page that follows a talk gets each bubble once."""

import re

from tests.api.review.conftest import Staff
from tests.api.review.takeover.test_takeover import Person, accepted, person

__all__ = ["person"]
_SINCE = re.compile(r'hx-get="(/staff/takeover/\S+\?since=[^"]*)"')


async def test_what_a_page_shows_already_is_not_sent_again(person: Person, staff: Staff) -> None:
    browser = await staff("reviewer")
    page = await browser.get(f"/staff/takeover/{await accepted(person, browser)}")
    again = await browser.get(_SINCE.search(page.text)[1])
    assert "bubble" in page.text
    assert 'class="bubble' not in again.text


async def test_what_came_since_is_sent_once(person: Person, staff: Staff) -> None:
    browser = await staff("reviewer")
    page = await browser.get(f"/staff/takeover/{await accepted(person, browser)}")
    await person.says("もしもし")
    first = await browser.get(_SINCE.search(page.text)[1])
    second = await browser.get(_SINCE.search(first.text)[1])
    assert [answer.text.count("もしもし") for answer in (first, second)] == [1, 0]


async def test_a_talk_that_has_ended_says_so_where_the_next_words_would_stand(
    person: Person, staff: Staff
) -> None:
    browser = await staff("reviewer")
    handover = await accepted(person, browser)
    await browser.post(f"/staff/takeover/{handover}/release")
    ended = await browser.get(f"/staff/takeover/{handover}", since="r-1")
    assert re.search(r'id="talk".*もう終わっています', ended.text)
