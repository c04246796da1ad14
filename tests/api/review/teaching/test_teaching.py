import asyncio
import dataclasses

import pytest
import yaml

from api.review.teaching.likeness import near_duplicate, too_close
from api.review.teaching.servers import Loaded
from api.review.teaching.trainer import TrainingFailed
from api.wiring import Services
from bot.text.kana import letters_only
from tests.api.review.conftest import Browser, Staff
from tests.api.review.told import Teller, Told

SAID = "ハロワから番号のメールぜんぜん来んのやけど主人の携帯やからかな"
NEW = "夫の電話を使っているせいで暗証の便りがこちらに着きません"


class FakeTrainer:
    def __init__(self) -> None:
        self.jobs: list[dict] = []
        self.broken: list[str] = []
        self.fails = False

    async def train(self, job: dict) -> dict:
        self.jobs.append(job)
        if self.fails:
            raise TrainingFailed("no")
        part = {"n": 2, "before": 1, "after": 2, "better": 1, "worse": 0}
        judged = {**part, "broken": self.broken}
        scores = {"heldout": part, "judged": judged, "taught": part}
        number = len(self.jobs)
        return {"file": f"helpbot-{number}.tar.gz", "model_id": f"id-{number}",
                "data_hash": str(number), "scores": scores}  # fmt: skip


class FakeServers:
    """Rasa servers that load what they are told to, or do not."""

    def __init__(self) -> None:
        self.file, self.id, self.stuck = "helpbot-0.tar.gz", "id-0", False

    async def loaded(self) -> list:
        return [Loaded(self.file, self.id)]

    async def load(self, file: str) -> list:
        if not self.stuck:
            self.file, self.id = file, "id-" + file[8:9]
        return await self.loaded()


@pytest.fixture
def trainer(wired: Services) -> FakeTrainer:
    wired.review.models._trainer = FakeTrainer()
    return wired.review.models._trainer


@pytest.fixture
async def servers(wired: Services) -> FakeServers:
    wired.review.models._servers, wired.review.models._base = FakeServers(), "helpbot-0.tar.gz"
    await wired.review.models.step()
    return wired.review.models._servers


@pytest.fixture
async def written(teller: Teller, staff: Staff) -> tuple[Browser, str]:
    """An editor who has written one misunderstood message anew, and the message."""
    _, messages = await teller.tell(Told(SAID, intent="search_period"))
    editor = await staff("editor")
    await write(editor, messages[0].id, NEW)
    return editor, messages[0].id


async def write(browser: Browser, message_id: str, text: str, topic: str = "otp_not_received"):
    return await browser.post(f"/staff/teaching/new/{message_id}", topic=topic, text=text)


async def accepted(wired: Services, browser: Browser) -> None:
    for each in await wired.review.teaching.candidates():
        await browser.post(f"/staff/teaching/candidates/{each.id}", state="accepted")


async def tried(wired: Services, browser: Browser) -> str:
    answer = await browser.post("/staff/teaching/try")
    await asyncio.gather(*wired.review.models._tasks)
    return answer.headers["location"].rsplit("/", 1)[1]


@pytest.mark.parametrize(
    "text",
    [SAID, SAID.replace("ハロワ", "はろわ"), SAID + "。", "もしもし、" + SAID,
     "番号のメールぜんぜん来んのやけど", SAID[:-4], SAID.replace("主人", "夫")],
)  # fmt: skip
async def test_a_persons_own_words_are_refused(
    wired: Services, written: tuple[Browser, str], text: str
) -> None:
    answer = await write(*written, text)
    assert answer.status_code == 422
    assert [each.text for each in await wired.review.teaching.candidates()] == [NEW]


async def test_personal_data_is_refused(written: tuple[Browser, str]) -> None:
    assert (await write(*written, "hanako@example.jp に暗証の便りが着かない")).status_code == 422


async def test_a_sentence_that_is_refused_is_still_in_the_form_with_the_reason(
    written: tuple[Browser, str],
) -> None:
    answer = await write(*written, SAID + "。")
    assert f"{SAID}。</textarea>" in answer.text
    assert 'role="alert"' in answer.text


async def test_what_is_taught_already_is_refused(written: tuple[Browser, str]) -> None:
    answer = await write(*written, "認証コードが送られてきません。")
    assert answer.status_code == 409


async def test_a_near_duplicate_is_folded_into_the_one_before(
    wired: Services, written: tuple[Browser, str]
) -> None:
    await write(*written, NEW + "。")
    assert [each.folded for each in await wired.review.teaching.candidates()] == [1]


async def test_only_accepted_sentences_are_tried(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    assert (await written[0].post("/staff/teaching/try")).status_code == 409
    await accepted(wired, written[0])
    await tried(wired, written[0])
    assert trainer.jobs[0]["candidates"] == [{"topic": "otp_not_received", "text": NEW}]


async def test_what_reviewers_judged_is_compared_too(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, message_id = written
    await editor.post(f"/staff/queue/{message_id}", verdict="wrong", topic="otp_not_received")
    await accepted(wired, editor)
    await tried(wired, editor)
    assert [each[:2] for each in trainer.jobs[0]["judged"]] == [[SAID, "otp_not_received"]]
    assert trainer.jobs[0]["judged"][0][3] == message_id


async def test_a_judged_conversation_that_a_model_breaks_is_named(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, message_id = written
    trainer.broken = [f"c-1#{message_id}"]
    await accepted(wired, editor)
    shown = await editor.get(f"/staff/teaching/models/{await tried(wired, editor)}")
    assert f"/staff/conversations/c-1#{message_id}" in shown.text


async def test_the_page_that_waited_for_a_model_gets_its_guest_button(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, _ = written
    await accepted(wired, editor)
    shown = await editor.get(f"/staff/teaching/models/{await tried(wired, editor)}")
    # htmx puts what is in #model into the page that waits, and nothing else.
    swapped = shown.text.split('<div id="model"')[1].split("</div>")[0]
    assert "試しに話すためのリンクを作る" in swapped


async def test_adopting_swaps_and_going_back_swaps_back(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, _ = written
    await accepted(wired, editor)
    row_id = await tried(wired, editor)
    await editor.post(f"/staff/teaching/models/{row_id}/adopt")
    assert servers.id == "id-1"
    before = [each for each in await wired.review.models.models() if each.state == "retired"]
    await editor.post(f"/staff/teaching/models/{before[0].id}/adopt")
    assert servers.id == "id-0"
    states = {each.model_id: each.state for each in await wired.review.models.models()}
    assert states == {"id-0": "serving", "id-1": "retired"}


async def test_a_server_that_serves_another_model_stops_the_adoption(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, _ = written
    await accepted(wired, editor)
    row_id = await tried(wired, editor)
    servers.stuck = True
    assert (await editor.post(f"/staff/teaching/models/{row_id}/adopt")).status_code == 503
    states = {each.model_id: each.state for each in await wired.review.models.models()}
    assert states == {"id-0": "serving", "id-1": "ready"}


async def test_a_restarted_server_gets_the_adopted_model_again(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, _ = written
    await accepted(wired, editor)
    row_id = await tried(wired, editor)
    await editor.post(f"/staff/teaching/models/{row_id}/adopt")
    servers.file, servers.id = "helpbot-0.tar.gz", "id-0"
    await wired.review.models.step()
    assert servers.id == "id-1"


async def test_a_failed_training_says_so(
    wired: Services, written: tuple[Browser, str], trainer: FakeTrainer, servers: FakeServers
) -> None:
    editor, _ = written
    await accepted(wired, editor)
    trainer.fails = True
    row_id = await tried(wired, editor)
    assert "学習できませんでした" in (await editor.get(f"/staff/teaching/models/{row_id}")).text


async def test_the_download_is_training_data_without_anybodys_words(
    wired: Services, written: tuple[Browser, str]
) -> None:
    editor, _ = written
    await accepted(wired, editor)
    content = (await editor.get("/staff/teaching/download")).text
    assert yaml.safe_load(content) == {
        "version": "3.1", "nlu": [{"intent": "otp_not_received", "examples": f"- {NEW}\n"}]
    }  # fmt: skip
    assert letters_only(SAID) not in letters_only(content)


def test_other_words_for_the_same_are_not_too_close() -> None:
    assert not too_close(NEW, SAID)


def test_a_near_duplicate_is_found_however_it_is_spelled() -> None:
    assert (
        near_duplicate("ﾒｰﾙが届かない!", ["ログインできない", "メールが届かない"])
        == "メールが届かない"
    )


def test_the_registry_names_data_and_scores() -> None:
    from api.review.teaching.models import TrainedModel

    assert {"data_hash", "model_id", "scores"} <= {c.name for c in TrainedModel.__table__.columns}
    assert dataclasses.is_dataclass(Loaded)
