"""What the console hands out for data/nlu/ passes what the project asks of data/nlu/."""

from pathlib import Path

import pytest

from api.review.teaching.fitness import all_taught, is_plain, measured
from api.review.teaching.models import ACCEPTED, Candidate
from api.review.teaching.repository import TeachingRepository
from api.wiring import Services
from bot.text.kana import letters_only
from tests.api.review.conftest import Browser, Staff
from tests.api.review.told import Teller, Told
from tools import near_duplicates, validate_data

# A topic that has its 150 examples already.
FULL = "search_conditions"
WRITTEN = {
    "otp_not_received": "夫の電話を使っているせいで暗証の便りがこちらに着きません",
    FULL: "朝だけ働ける所を、家から近い順に見ていきたいのですが",
    "out_of_scope": "犬を預ける所が、このあたりにないか知りたい",
}


@pytest.fixture
async def writing(teller: Teller, staff: Staff) -> tuple[Browser, str]:
    _, messages = await teller.tell(Told("ぜんぜん別のことを言った人の、もとの言葉です"))
    return await staff("editor"), messages[0].id


async def write(writing: tuple[Browser, str], text: str, topic: str = "otp_not_received"):
    browser, message_id = writing
    return await browser.post(f"/staff/teaching/new/{message_id}", topic=topic, text=text)


async def downloaded(wired: Services, browser: Browser) -> str:
    for each in await wired.review.teaching.candidates():
        await browser.post(f"/staff/teaching/candidates/{each.id}", state="accepted")
    return (await browser.get("/staff/teaching/download")).text


@pytest.fixture
async def file(wired: Services, writing: tuple[Browser, str], tmp_path: Path) -> Path:
    for topic, text in WRITTEN.items():
        await write(writing, text, topic)
    path = tmp_path / "taught.yml"
    path.write_text(await downloaded(wired, writing[0]), "utf-8")
    return path


def test_the_check_for_near_duplicates_reads_every_sentence_of_the_file(file: Path) -> None:
    read = list(near_duplicates.examples(file.parent))
    assert {each.intent: each.text for each in read} == WRITTEN


def test_the_check_for_near_duplicates_lets_the_file_pass(file: Path) -> None:
    assert near_duplicates.main([str(file)]) == 0


def test_rasas_own_validation_lets_the_file_pass(file: Path) -> None:
    assert validate_data.main([str(file)]) == 0


@pytest.mark.parametrize("text", ["パスワードわすれた", "ワンタイムパスワードが届きません"])
async def test_what_sounds_like_an_example_is_refused(
    writing: tuple[Browser, str], text: str
) -> None:
    assert (await write(writing, text)).status_code == 409


@pytest.mark.parametrize(
    "text",
    ["[番号](code)が来ないままで困ります", "[番号]{code}が来ないままで困ります",
     "- 番号が来ないままで困ります", "/otp_not_received", "－番号が来ないままで困ります",
     "intent: otp_not_received"],
)  # fmt: skip
async def test_what_rasa_would_read_as_something_else_is_refused_with_the_reason(
    writing: tuple[Browser, str], text: str
) -> None:
    answer = await write(writing, text)
    assert answer.status_code == 422
    assert "別の意味の記号" in answer.text


def test_a_sentence_with_what_nobody_sees_is_not_plain() -> None:
    assert not is_plain("番号が\ufeff来ない")


async def test_what_measures_models_is_refused(writing: tuple[Browser, str]) -> None:
    taught = {letters_only(each) for each in all_taught()}
    text = max(measured() - taught, key=len)
    assert "試験に使っている" in (await write(writing, text[:200])).text


async def test_an_answer_that_no_sentence_leads_to_is_not_offered(
    writing: tuple[Browser, str],
) -> None:
    browser, message_id = writing
    page = (await browser.get(f"/staff/teaching/new/{message_id}")).text
    assert 'value="otp_not_received"' in page
    assert 'value="fallback"' not in page


async def test_what_the_files_have_learned_by_now_is_left_out(
    wired: Services, writing: tuple[Browser, str], clock
) -> None:
    old = Candidate(id="n-old", topic="otp_not_received", text=all_taught()[0], state=ACCEPTED,
                    folded=0, written_by="s-1", written_at=clock())  # fmt: skip
    async with wired.database.transaction() as session:
        await TeachingRepository(session).add(old)
    assert old.text not in await downloaded(wired, writing[0])
