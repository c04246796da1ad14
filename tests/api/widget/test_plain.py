"""The page without JavaScript."""

import re

import httpx
import pytest

from api.widget.plain.cookie import NAME
from tests.api.conftest import Talk

PATH = "/chat/plain"


async def say(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    return await client.post(PATH, data={"form_id": "f-1", **fields}, follow_redirects=True)


async def test_looking_at_it_begins_no_conversation(client: httpx.AsyncClient) -> None:
    page = await client.get(PATH)
    assert "自動でお答えする" in page.text
    assert "set-cookie" not in page.headers


async def test_what_is_written_is_answered_on_the_page(client: httpx.AsyncClient) -> None:
    page = (await say(client, text="パスワードを忘れました")).text
    assert "公式サイトのログイン画面で" in page


async def test_the_same_form_sent_twice_is_one_message(client: httpx.AsyncClient) -> None:
    await say(client, text="パスワードを忘れました")
    page = (await say(client, text="パスワードを忘れました")).text
    assert page.count('class="bubble person"') == 1


async def test_the_first_button_of_the_greeting_leads_to_its_answer(
    client: httpx.AsyncClient,
) -> None:
    assert "迷惑メール" in (await say(client, choice="greeting-0")).text


@pytest.mark.parametrize("choice", ["greeting-99", "greeting-x", "k-foreign"])
async def test_a_button_that_is_not_there_is_told_kindly(
    client: httpx.AsyncClient, choice: str
) -> None:
    page = await say(client, choice=choice)
    assert page.status_code == 404
    assert "お選びのボタンが見つかりませんでした" in page.text


async def test_what_was_refused_stays_in_the_box(client: httpx.AsyncClient) -> None:
    page = await say(client, text="あ" * 1001)
    assert page.status_code == 422
    assert "あ" * 1001 in page.text
    assert re.search(r"受付番号：HB-\w{4}-\w{4}", page.text)


async def test_no_script_and_no_other_site_gets_at_the_cookie(client: httpx.AsyncClient) -> None:
    answer = await client.post(PATH, data={"text": "こんにちは"})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/chat/plain" in cookie


async def test_an_edited_cookie_opens_nothing_and_is_told(client: httpx.AsyncClient) -> None:
    await say(client, text="パスワードを忘れました")
    edited = f"{NAME}={client.cookies[NAME]}x"
    client.cookies.clear()
    page = await client.get(PATH, headers={"Cookie": edited})
    assert "前の会話は、ここからは開けませんでした" in page.text
    assert 'class="bubble person"' not in page.text


async def test_it_goes_on_with_the_widgets_conversation(talk: Talk) -> None:
    await talk.ask("パスワードを忘れました")
    opened = talk.opened
    fields = {"conversation_id": opened["conversation_id"], "token": opened["token"]}
    page = await talk.client.post(f"{PATH}/continue", data=fields, follow_redirects=True)
    assert "公式サイトのログイン画面で" in page.text


async def test_another_sites_form_is_refused(client: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    for path in (PATH, f"{PATH}/continue", f"{PATH}/erase", f"{PATH}/feedback"):
        assert (await client.post(path, data={}, headers=headers)).status_code == 422


async def test_easy_japanese_has_readings_above_the_kanji(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"{PATH}?easy=1")).text
    assert "<ruby>機械<rp>（</rp><rt>きかい</rt><rp>）</rp></ruby>" in page


async def test_it_is_taken_back_with_a_receipt(client: httpx.AsyncClient) -> None:
    await say(client, text="パスワードを忘れました")
    gone = await client.post(f"{PATH}/erase")
    assert re.search(r"受付番号：HB-\w{4}-\w{4}", gone.text)
    assert 'class="bubble person"' not in (await client.get(PATH)).text


async def test_whether_it_was_solved_is_asked_and_taken(client: httpx.AsyncClient) -> None:
    page = (await say(client, text="パスワードを忘れました")).text
    reply = re.search(r'name="reply_id" value="([^"]+)"', page)
    assert reply
    fields = {"reply_id": reply[1], "solved": "1"}
    thanks = await client.post(f"{PATH}/feedback", data=fields, follow_redirects=True)
    assert "ありがとうございます" in thanks.text
