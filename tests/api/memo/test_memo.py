"""The page to show at a counter: what helps there, nothing personal, nobody else's."""

import re

import pytest

from tests.api.conftest import Talk


@pytest.fixture
async def link(talk: Talk) -> str:
    """Three steps did not help: the page is offered."""
    await talk.ask("ワンタイムパスワードが届きません")
    await talk.send(text="「システムエラー E-204」と出ます。taro@example.jp です。ロックされました")
    for _ in range(3):
        answer = await talk.send(text="他には？")
    last = answer.json()["replies"][-1]
    assert last["answer_id"] == "memo_offer"
    found: str = last["links"][0]["url"]
    return found


async def page(talk: Talk, link: str) -> str:
    answer = await talk.client.get(link)
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>", "", answer.text)


async def test_the_page_tells_what_happened_and_what_was_advised(talk: Talk, link: str) -> None:
    words = await page(talk, link)
    assert "番号のメールが届かない" in words
    assert "「迷惑メール」の中を見てください" in words


async def test_the_page_repeats_the_words_of_the_screen(talk: Talk, link: str) -> None:
    assert "システムエラー E-204" in await page(talk, link)


async def test_the_page_holds_number_and_hours(talk: Talk, link: str) -> None:
    words = await page(talk, link)
    assert "0570-077450" in words
    assert "受付時間" in words


async def test_the_page_holds_no_address(talk: Talk, link: str) -> None:
    assert "taro" not in await page(talk, link)


@pytest.mark.parametrize(
    "change", [lambda url: url[:-1] + "x", lambda url: url.split(".c-")[0] + "1"]
)
async def test_an_edited_link_opens_nothing(talk: Talk, link: str, change) -> None:
    answer = await talk.client.get(change(link))
    assert (answer.status_code, "このメモは開けませんでした" in answer.text) == (404, True)


async def test_an_erased_conversation_has_no_page(talk: Talk, link: str) -> None:
    conversation = talk.path.removesuffix("/messages")
    await talk.client.delete(conversation, headers=talk.headers)
    assert (await talk.client.get(link)).status_code == 404
