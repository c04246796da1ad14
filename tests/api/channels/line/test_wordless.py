"""Pictures, voices and files on LINE: their content is never fetched, and nothing of it is kept."""

import re
from pathlib import Path

import pytest

from tests.api.channels.conftest import Bot
from tests.api.channels.line.kept import kept
from tests.fakes.line import LineUser
from tests.support.databases import needs_files

ROOT = Path(__file__).parents[4]
HOSTED = {"type": "external", "originalContentUrl": "https://x.example/ひみつの場所.jpg"}
CONTENTS = {
    "image": {"contentProvider": HOSTED, "imageSet": {"id": "ひみつの場所"}},
    "video": {"contentProvider": HOSTED, "duration": 60000},
    "audio": {"contentProvider": {"type": "line"}, "title": "ひみつの場所"},
    "file": {"fileName": "ひみつの場所.pdf", "fileSize": 2138},
    "location": {"title": "ひみつの場所", "address": "ひみつの場所", "latitude": 35.687574},
    "sticker": {"packageId": "1", "keywords": ["ひみつの場所"], "text": "ひみつの場所"},
}


async def send(bot: Bot, user: LineUser, kind: str) -> None:
    message = {"id": f"5000{user.id[-8:]}", "type": kind, "quoteToken": "q", **CONTENTS[kind]}
    await user.deliver(user.event("message", message=message), client=bot.client)
    await bot.idle()


@pytest.mark.parametrize("kind", CONTENTS)
async def test_line_is_asked_for_nothing_but_to_take_the_answer(
    bot: Bot, user: LineUser, kind: str
) -> None:
    await send(bot, user, kind)
    assert [*user.line.calls] == ["/v2/bot/message/reply"]


@needs_files
@pytest.mark.parametrize("kind", CONTENTS)
async def test_no_file_holds_anything_of_it(bot: Bot, user: LineUser, kind: str) -> None:
    await send(bot, user, kind)
    assert await bot.rows("select 1 from inbox where text is not null") == []
    everything = kept(bot)
    assert "ひみつの場所".encode() not in everything
    assert b"35.687574" not in everything


def test_the_part_of_the_sdk_that_fetches_content_is_used_nowhere() -> None:
    fetching = re.compile(r"Blob|api-data\.line|get_message_content|url_private|files_info")
    sources = [*(ROOT / "api/channels").rglob("*.py")]
    assert sources
    assert [path.name for path in sources if fetching.search(path.read_text("utf-8"))] == []
