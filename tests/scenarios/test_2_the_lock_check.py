"""Who wants to know whether they are locked out gets a link, picks a sample, sees the result."""

import re
import signal

import httpx
import pytest

from tests.scenarios.conftest import Person, Stack

QUESTION = "アカウントがロックされているか調べてください"
SAMPLE = "【見本】実際のあなたの登録とは関係ありません。"


@pytest.fixture
def link(person: Person) -> str:
    links = person.hears(QUESTION)["links"]
    return next(link["url"] for link in links if "/verify/" in link["url"])


def result(link: str, sample_person: str) -> str:
    page = httpx.post(link, data={"person": sample_person}, timeout=30)
    assert page.status_code == 200
    return re.sub(r"<[^>]+>", "", page.text)


def test_a_locked_sample_person_sees_until_when(link: str) -> None:
    assert re.search(
        SAMPLE + r"ロックされています。\d+時\d\d分まで、あと\d+分です。", result(link, "locked")
    )


def test_a_sample_person_without_trouble_sees_that(link: str) -> None:
    assert SAMPLE + "いまはロックされていません。" in result(link, "fine")


def test_the_chat_only_says_where_the_result_was_shown(link: str, person: Person) -> None:
    result(link, "locked")
    last = person.http.get(person.path, headers=person.headers).json()["messages"][-1]
    assert (last["text"], last["private"]) == ("結果は、開いた画面に表示しました。", True)


def test_the_result_stands_in_no_file(link: str, stack: Stack) -> None:
    shown = re.search(r"(\d+時\d\d分)まで", result(link, "locked"))
    assert shown is not None
    for path in stack.var.rglob("*"):
        if path.is_file():
            assert shown[1].encode() not in path.read_bytes(), path


def test_a_link_works_once(link: str) -> None:
    result(link, "fine")
    assert httpx.post(link, data={"person": "fine"}).status_code == 410


def test_when_the_account_api_is_down_an_apology_with_receipt_comes_within_5_seconds(
    person: Person, stack: Stack
) -> None:
    accounts = stack.part("accounts")
    accounts.send_signal(signal.SIGSTOP)
    try:
        answer = person.writes(QUESTION, wait=5)
    finally:
        accounts.send_signal(signal.SIGCONT)
    assert answer["outcome"] == "apologised"
    assert re.search(r"受付番号は HB-\w{4}-\w{4}", "".join(answer["replies"][0]["details"]))
