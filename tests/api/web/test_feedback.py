import sqlite3

import httpx

from api.settings import Settings
from tests.api.conftest import Talk, begin
from tests.support.databases import needs_files


async def give(talk: Talk, reply_id: str, **body: object) -> httpx.Response:
    path = talk.path.removesuffix("messages") + f"replies/{reply_id}/feedback"
    return await talk.client.post(path, json=body, headers=talk.headers)


def rows(settings: Settings) -> list[tuple]:
    with sqlite3.connect(settings.database_url.removeprefix("sqlite+aiosqlite:///")) as database:
        query = "select answer_id, answer_version, solved, comment from feedback"
        return database.execute(query).fetchall()


@needs_files
async def test_feedback_is_tied_to_the_answer_and_its_version(
    talk: Talk, settings: Settings
) -> None:
    reply = await talk.ask("パスワードを忘れました")
    assert (await give(talk, reply["id"], solved=True)).status_code == 204
    assert rows(settings) == [(reply["answer_id"], reply["answer_version"], 1, None)]


@needs_files
async def test_the_last_word_counts(talk: Talk, settings: Settings) -> None:
    reply = await talk.ask("パスワードを忘れました")
    await give(talk, reply["id"], solved=True)
    await give(talk, reply["id"], solved=False)
    assert [row[2] for row in rows(settings)] == [0]


@needs_files
async def test_a_comment_is_masked(talk: Talk, settings: Settings) -> None:
    reply = await talk.ask("パスワードを忘れました")
    await give(talk, reply["id"], solved=False, comment="返事は taro@example.jp へ")
    assert "taro" not in rows(settings)[0][3]


async def test_feedback_on_somebody_elses_reply_is_not_found(talk: Talk) -> None:
    other = await begin(talk.client)
    reply = await other.ask("パスワードを忘れました")
    assert (await give(talk, reply["id"], solved=True)).status_code == 404


async def test_feedback_that_is_none_is_refused(talk: Talk) -> None:
    reply = await talk.ask("パスワードを忘れました")
    assert (await give(talk, reply["id"], solved="perhaps so")).status_code == 422
