"""Lockout, a new code, one's own limits: with samples, on the real stack."""

import json
import re
import time
import uuid
from pathlib import Path

import httpx
import pytest

from tests.scenarios.beside import gateway, link_in, words
from tests.scenarios.conftest import Person, Stack

LOCK, CODE = "アカウントがロックされているか調べてください", "ワンタイムパスワードが届きません"
MARK = "【見本】実際のあなたの登録とは関係ありません。"


def pick(link: str, person: str, browser: httpx.Client | None = None) -> httpx.Response:
    return (browser or httpx).post(link, data={"person": person, "action": "send"}, timeout=30)


def check_of(person: Person, asked: str, button: str) -> str:
    person.hears(asked)
    return link_in(person.taps(button)["replies"][0])


@pytest.mark.parametrize(
    ("sample", "words_of_it"),
    [
        ("online_registered", "オンライン登録者です。使えない機能が二つあります。"),
        ("registration_expired", "求職登録が無効です。ほとんどの機能が止まっています。"),
    ],
)
def test_a_sample_person_sees_the_limits_of_their_registration(
    person: Person, sample: str, words_of_it: str
) -> None:
    link = check_of(person, "おすすめ求人が届きません。使えない機能は？", "自分の登録で調べる")
    page = pick(link, sample)
    assert MARK + words_of_it in words(page)
    assert "<table>" in page.text


def test_who_is_registered_online_hears_what_is_missing_why_and_how_to_get_it(
    person: Person,
) -> None:
    link = check_of(person, "おすすめ求人が届きません。使えない機能は？", "自分の登録で調べる")
    page = words(pick(link, "online_registered"))
    for told in (
        "おすすめ求人と、オンラインハローワーク紹介",
        "確認をまだ受けていない",
        "ハローワークへ行き",
    ):
        assert told in page


def test_the_difference_is_compared_without_any_check(person: Person) -> None:
    details = "".join(person.hears("オンライン登録者と利用登録者の違いは何ですか")["details"])
    assert "・ハローワークからのおすすめ求人：オンライン登録者は×、利用登録者は○" in details


def test_a_code_is_sent_again_only_after_the_questions(person: Person) -> None:
    first = person.writes(CODE)["replies"]
    assert not [link for reply in first for link in reply["links"] if "/verify/" in link["url"]]
    person.writes("開いたままです")
    person.writes("30分くらい前です")
    advice = person.writes("ほかのメールは届きます")["replies"][0]
    assert "番号を送り直す" in [choice["label"] for choice in advice["choices"]]


def resend_link(person: Person) -> str:
    for text in (CODE, "開いたままです", "30分くらい前です", "ほかのメールは届きます"):
        person.writes(text)
    return link_in(person.taps("番号を送り直す")["replies"][0])


def test_who_asks_for_a_new_code_hears_the_same_whoever_they_are(stack: Stack) -> None:
    pages, chats = set(), set()
    for sample in ("full_registered", "fine", "mailbox_dead", "nobody_at_all"):
        person = Person(stack.address)
        pages.add(words(pick(resend_link(person), sample)))
        last = person.http.get(person.path, headers=person.headers).json()["messages"][-1]
        chats.add((last["text"], tuple(last["details"])))
    assert (len(pages), len(chats)) == (1, 1)
    assert "登録がある場合だけ、届きます。" in pages.pop()


def test_a_second_wish_within_a_minute_says_how_many_seconds_remain(person: Person) -> None:
    links = [resend_link(person), None]
    again = person.taps("番号を送り直す")["replies"][0]
    links[1] = link_in(again)
    assert pick(str(links[0]), "full_registered").status_code == 200
    refused = pick(str(links[1]), "full_registered")
    assert refused.status_code == 429
    assert re.search(r"あと\d+秒で", words(refused))
    assert 0 < int(refused.headers["Retry-After"]) <= 60


def private(person: Person, browser: httpx.Client) -> list[dict]:
    path = person.path.replace("/messages", "/private")
    answer = browser.get(f"{person.http.base_url}{path}", headers=person.headers)
    return answer.json()["replies"]


def test_the_browser_that_verified_sees_the_result_in_its_chat(person: Person) -> None:
    with httpx.Client(timeout=30) as browser:
        pick(link_in(person.hears(LOCK)), "locked", browser)
        (shown,) = private(person, browser)
    placeholder = person.http.get(person.path, headers=person.headers).json()["messages"][-1]
    assert re.fullmatch(
        MARK + r"ロックされています。\d+時\d\d分まで、あと\d+分です。", shown["text"]
    )
    assert (shown["private"], shown["id"]) == (True, placeholder["id"])


def test_any_other_browser_sees_nothing(person: Person) -> None:
    with httpx.Client(timeout=30) as browser:
        pick(link_in(person.hears(LOCK)), "locked", browser)
    with httpx.Client(timeout=30) as stranger:
        assert private(person, stranger) == []
        edited = {"helpbot_private": "eyJjb252ZXJzYXRpb25faWQiOiAieCJ9.0000"}
        stranger.cookies.update(edited)
        assert private(person, stranger) == []


def test_the_cookie_of_one_talk_opens_no_other(person: Person, stack: Stack) -> None:
    other = Person(stack.address)
    with httpx.Client(timeout=30) as browser:
        pick(link_in(person.hears(LOCK)), "locked", browser)
        assert private(other, browser) == []


def test_the_result_page_can_be_seen_again_by_its_browser_only(person: Person) -> None:
    link = link_in(person.hears(LOCK))
    with httpx.Client(timeout=30) as browser:
        pick(link, "locked", browser)
        assert MARK + "ロックされています。" in words(browser.get(f"{link}/result"))
    assert httpx.get(f"{link}/result").status_code == 410


def test_the_result_is_gone_once_the_conversation_was_taken_back(person: Person) -> None:
    link = link_in(person.hears(LOCK))
    with httpx.Client(timeout=30) as browser:
        pick(link, "locked", browser)
        person.http.delete(person.path.removesuffix("/messages"), headers=person.headers)
        assert browser.get(f"{link}/result").status_code == 410


def test_looking_again_disturbs_no_open_question(person: Person) -> None:
    with httpx.Client(timeout=30) as browser:
        pick(link_in(person.hears(LOCK)), "locked", browser)
        person.writes(CODE)
        assert private(person, browser)
    assert person.writes("開いたままです")["replies"][0]["answer_id"] == "ask_otp_minutes"


def test_who_asks_how_long_it_still_takes_is_shown_where_to_look(person: Person) -> None:
    pick(link_in(person.hears(LOCK)), "locked")
    assert person.hears("あと何分？")["answer_id"] == "lock_time_left"


def test_the_chat_is_told_that_something_private_can_be_fetched(person: Person) -> None:
    pick(link_in(person.hears(LOCK)), "locked")
    path = person.path.replace("/messages", "/events")
    heard = []
    with person.http.stream("GET", path, headers=person.headers) as lines:
        deadline, event = time.monotonic() + 10, ""
        for line in lines.iter_lines():
            event = line.removeprefix("event: ") if line.startswith("event:") else event
            if line.startswith("data:") and event == "notice":
                heard.append(json.loads(line.removeprefix("data: ")))
                break
            assert time.monotonic() < deadline
    assert heard == [{"kind": "private"}]


def test_somebody_elses_account_is_refused_kindly(person: Person) -> None:
    reply = person.hears("妻のアドレスで調べてください")
    assert (reply["answer_id"], reply["text"][:7]) == ("others_refused", "ごめんなさい。")


def test_used_expired_edited_and_foreign_links_give_the_same_page(person: Person) -> None:
    link = link_in(person.hears(LOCK))
    pick(link, "fine")
    elsewhere = link.rsplit("/", 1)[0]
    pages = [httpx.get(url) for url in (link, link[:-1] + "x", f"{elsewhere}/{uuid.uuid4().hex}")]
    assert {page.status_code for page in pages} == {410}
    assert len({words(page) for page in pages}) == 1


def test_with_account_help_off_every_way_ends_in_advice(
    stack: Stack, person: Person, tmp_path: Path
) -> None:
    link = link_in(person.hears(LOCK)).rsplit("/", 1)[1]
    with gateway(stack, "off", tmp_path) as address:
        asker = Person(address)
        reply = asker.hears(LOCK)
        assert reply["answer_id"] == "account_lock_check_off"
        assert not [each for each in reply["links"] if "/verify/" in each["url"]]
        for text in (CODE, "開いたままです", "30分くらい前です", "ほかのメールは届きます"):
            asker.writes(text)
        assert asker.taps("番号を送り直す")["replies"][0]["answer_id"] == "otp_resend_off"
        asker.hears("使えない機能は何ですか")
        instead = asker.taps("自分の登録で調べる")["replies"][0]["answer_id"]
        assert instead == "registration_difference"
        assert httpx.get(f"{address}/verify/{link}").status_code == 410
