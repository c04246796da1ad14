"""Account mode `live`, against the mock: who is not fully known learns nothing."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.scenarios.beside import gateway, link_in, words
from tests.scenarios.conftest import Person, Stack
from tests.scenarios.strangers import KINDS, differences, timed_form, timed_handles

LOCK = "アカウントがロックされているか調べてください"
RIGHT = {"mail": "locked@example.jp", "number": "13010-00000022"}
# A few rounds here; `make nightly` does two hundred.
ROUNDS = 4


@pytest.fixture(scope="module")
def live(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with gateway(stack, "live", tmp_path_factory.mktemp("live")) as address:
        yield address


@pytest.fixture
def asker(live: str) -> Iterator[Person]:
    person = Person(live)
    yield person
    person.http.close()


@pytest.fixture
def link(asker: Person) -> str:
    return link_in(asker.hears(LOCK))


def send(link: str, **fields: str) -> httpx.Response:
    return httpx.post(link, data={"action": "send", **fields}, timeout=30)


def test_the_demo_has_no_field_to_type_into(person: Person) -> None:
    page = httpx.get(link_in(person.hears(LOCK))).text
    assert set(re.findall(r'<input[^>]* name="(\w+)"', page)) == {"person"}
    assert "textarea" not in page


def test_live_says_who_asks_and_what_is_kept(link: str) -> None:
    page = words(httpx.get(link))
    for told in ("見本の会", "privacy@example.jp", "すぐに捨てます", "公式サービスではありません"):
        assert told in page


def test_the_address_is_shown_large_before_anything_is_sent(link: str) -> None:
    page = httpx.post(link, data={**RIGHT, "action": "look"})
    assert '<p class="large">locked@example.jp</p>' in page.text
    assert httpx.get(link).status_code == 200


def test_a_full_match_sees_the_lock_on_this_page(link: str) -> None:
    assert "ロックされています。" in words(send(link, **RIGHT))


def test_more_time_keeps_what_was_entered(link: str) -> None:
    before = words(httpx.get(link))
    page = httpx.post(link, data={**RIGHT, "action": "extend"})
    assert 'value="locked@example.jp"' in page.text
    assert 'value="13010-00000022"' in page.text
    assert "まで使えます" in before


def test_more_time_is_given_ten_times(link: str) -> None:
    for _ in range(9):
        httpx.post(link, data={"action": "extend"})
    assert "時間をのばす" in httpx.get(link).text
    assert "時間は、もうのばせません" in httpx.post(link, data={"action": "extend"}).text


def test_a_missing_field_is_named_and_nothing_is_lost(link: str) -> None:
    page = httpx.post(link, data={"mail": "locked@example.jp", "action": "look"})
    assert page.status_code == 422
    assert "「番号がわからない」を選んでください" in page.text
    assert 'value="locked@example.jp"' in page.text


def test_whatever_is_no_full_match_gives_the_same_page_and_the_same_chat(live: str) -> None:
    assert differences(live, KINDS) == set()


@pytest.mark.alone
def test_the_form_takes_as_long_for_everybody(live: str) -> None:
    spread = timed_form(live, ROUNDS)
    assert max(spread.values()) - min(spread.values()) <= 0.25, spread


@pytest.mark.alone
def test_the_account_api_takes_as_long_for_everybody(stack: Stack) -> None:
    spread = timed_handles(stack, 2 * ROUNDS)
    assert max(spread.values()) - min(spread.values()) <= 0.05, spread


def test_a_strangers_five_failures_leave_the_owners_first_attempt_working(live: str) -> None:
    with httpx.Client(timeout=30) as stranger:
        for _ in range(5):
            wrong = {**RIGHT, "number": "13010-99999999", "action": "send"}
            link = link_in(Person(live).hears(LOCK))
            stranger.get(link)
            stranger.post(link, data=wrong)
    assert "ロックされています。" in words(send(link_in(Person(live).hears(LOCK)), **RIGHT))


def test_what_is_entered_in_the_form_is_in_no_file(
    link: str, stack: Stack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entered = ["form.stranger@example.jp", "13010-55554444"]
    httpx.post(link, data={"mail": entered[0], "number": entered[1], "action": "look"})
    send(link, mail=entered[0], number=entered[1])
    folders = [stack.var, tmp_path_factory.getbasetemp()]
    for path in {file for folder in folders for file in folder.rglob("*") if file.is_file()}:
        content = path.read_bytes()
        assert not [each for each in entered if each.encode() in content], path
