import re

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import MovingClock, Talk, begin, serving
from tests.api.verification.conftest import LOCK_CHECK, verification_link
from tests.support.databases import needs_files
from tests.support.servers import free_port


async def test_asking_for_the_check_gives_a_link_to_our_own_form(talk: Talk) -> None:
    link = verification_link(await talk.ask(LOCK_CHECK))
    assert re.fullmatch(r"http://bot\.test/verify/[0-9a-f]{64}", link)


async def test_the_form_offers_persons_and_asks_for_nothing(
    client: httpx.AsyncClient, link: str
) -> None:
    page = (await client.get(link)).text
    assert "ロック中の見本さん" in page
    assert not re.search(r'type="(text|email|password|tel|number)"', page)


async def test_the_form_says_who_asks_why_and_what_is_kept(
    client: httpx.AsyncClient, link: str
) -> None:
    page = (await client.get(link)).text
    for promise in ("公式サービスではありません", "調べるための画面です", "記録に残しません"):
        assert promise in page


async def test_an_engine_that_cannot_check_apologises_on_the_page_at_once(
    client: httpx.AsyncClient, link: str
) -> None:
    page = await client.post(link, data={"person": "locked"})
    assert page.status_code == 503
    assert "申し訳ありません" in page.text
    assert re.search(r"受付番号：HB-\w{4}-\w{4}", page.text)
    assert "確認結果" not in page.text


async def test_the_chat_hears_at_once_that_there_is_a_result(
    settings: Settings, clock: MovingClock
) -> None:
    app = create_app(settings, clock)
    async with serving(app) as client:
        talk = await begin(client)
        link = verification_link(await talk.ask(LOCK_CHECK))
        with app.state.services.events._bell.listening(talk.opened["conversation_id"]) as ear:
            await client.post(link, data={"person": "locked"})
            assert await ear.next_ring(0.1)


async def test_a_used_link_is_refused(client: httpx.AsyncClient, link: str) -> None:
    await client.post(link, data={"person": "fine"})
    assert (await client.post(link, data={"person": "fine"})).status_code == 410


async def test_looking_at_the_form_does_not_use_the_link_up(
    client: httpx.AsyncClient, link: str
) -> None:
    await client.get(link)
    assert (await client.get(link)).status_code == 200


async def test_a_link_runs_out_after_ten_minutes(
    client: httpx.AsyncClient, clock: MovingClock, link: str
) -> None:
    clock.move(minutes=10)
    assert (await client.get(link)).status_code == 410


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00"])
async def test_a_link_nobody_made_looks_like_a_used_one(
    client: httpx.AsyncClient, link: str, token: str
) -> None:
    await client.post(link, data={"person": "fine"})
    used, made_up = await client.get(link), await client.get(f"/verify/{token}")
    without_receipt = [re.sub(r"HB-\w+-\w+", "", page.text) for page in (used, made_up)]
    assert without_receipt[0] == without_receipt[1]


async def test_picking_nobody_keeps_the_link_good(client: httpx.AsyncClient, link: str) -> None:
    assert (await client.post(link, data={})).status_code == 422
    assert (await client.get(link)).status_code == 200


@needs_files
async def test_the_tables_hold_neither_link_nor_token(
    client: httpx.AsyncClient, settings: Settings, link: str
) -> None:
    token = link.rsplit("/", 1)[1].encode()
    place = settings.database_url.removeprefix("sqlite+aiosqlite:///")
    for suffix in ("", "-wal"):
        with open(place + suffix, "rb") as file:  # noqa: ASYNC230 - a test may wait
            assert token not in file.read()


async def test_an_account_api_that_is_down_gives_an_apology_with_a_receipt(
    settings: Settings,
) -> None:
    down = settings.model_copy(update={"accounts_url": f"http://127.0.0.1:{free_port()}"})
    async with serving(create_app(down)) as client:
        link = verification_link(await (await begin(client)).ask(LOCK_CHECK))
        page = await client.get(link)
    assert page.status_code == 503
    assert re.search(r"受付番号：HB-\w{4}-\w{4}", page.text)


async def test_with_account_help_off_there_is_advice_and_no_link(settings: Settings) -> None:
    off = settings.model_copy(update={"account_mode": "off"})
    async with serving(create_app(off)) as client:
        reply = await (await begin(client)).ask(LOCK_CHECK)
    assert (reply["answer_id"], reply["topics"]) == (
        "account_lock_check_off",
        ["account_lock_check"],
    )
    assert not [link for link in reply["links"] if "/verify/" in link["url"]]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "null"}],
)
async def test_another_sites_form_is_refused_and_the_link_stays_good(
    client: httpx.AsyncClient, link: str, headers: dict[str, str]
) -> None:
    refused = await client.post(link, data={"person": "fine", "action": "send"}, headers=headers)
    assert (refused.status_code, "set-cookie" in refused.headers) == (422, False)
    assert (await client.get(link)).status_code == 200
