"""While Rasa does not answer, keywords stand in for it and say so."""

from collections.abc import Callable

import pytest

from api.chat.engine.keyword import MODEL_ID, KeywordEngine, load_care, load_keywords
from api.chat.engine.protocol import Ask, EngineFailed, GivenUp, Spoken, Turn
from api.chat.engine.standby import NOTE, SORRY, StandbyEngine
from api.content.catalogue import Catalogue, load_catalogue
from tests.api.chat.engine.conftest import ask
from tests.api.conftest import MovingClock

FORGOT, UNKNOWN = "パスワードを忘れました", "三十分くらい前です"
FULL = Turn((Spoken("password_forgot"),), "password_forgot", 0.9, "model-1")


class Rasa:
    """Up or down, as a test says; takes `seconds` for a turn."""

    def __init__(self, clock: MovingClock) -> None:
        self.up, self.seconds, self._clock = True, 0.0, clock
        self.forgotten: list[str] = []

    async def look(self) -> bool:
        return self.up

    async def turn(self, ask: Ask) -> Turn:
        self._clock.move(seconds=self.seconds)
        if not self.up:
            raise EngineFailed("down")
        return FULL

    async def forget(self, conversation_id: str) -> None:
        self.forgotten.append(conversation_id)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def rasa(clock: MovingClock) -> Rasa:
    return Rasa(clock)


@pytest.fixture
def standby(rasa: Rasa, catalogue: Catalogue, clock: MovingClock) -> StandbyEngine:
    simple = KeywordEngine(load_keywords(), load_care(), catalogue.answers)
    return StandbyEngine(rasa, simple, catalogue.answers, clock)


Down = Callable[..., None]


@pytest.fixture
async def down(rasa: Rasa, standby: StandbyEngine, clock: MovingClock) -> Callable:
    """Let Rasa be down for some seconds, looked at each second."""

    async def go_down(seconds: int) -> None:
        rasa.up = False
        for _ in range(seconds):
            await standby.look()
            clock.move(seconds=1)

    return go_down


def said(turn: Turn) -> list[str]:
    return [each.answer for each in turn.spoken]


async def test_rasa_answers_while_it_can(standby: StandbyEngine) -> None:
    assert await standby.turn(ask(FORGOT)) == FULL


async def test_a_short_failure_is_only_tried_again(standby: StandbyEngine, down: Down) -> None:
    await down(2)
    with pytest.raises(EngineFailed):
        await standby.turn(ask(FORGOT))


async def test_after_three_seconds_keywords_answer_and_say_so(
    standby: StandbyEngine, down: Down
) -> None:
    await down(3)
    turn = await standby.turn(ask(FORGOT))
    assert said(turn) == ["password_forgot", NOTE]


async def test_the_tries_of_one_message_alone_make_an_outage(
    standby: StandbyEngine, rasa: Rasa, clock: MovingClock
) -> None:
    rasa.up = False
    for delay in (0.5, 1, 2):
        with pytest.raises(EngineFailed):
            await standby.turn(ask(FORGOT))
        clock.move(seconds=delay)
    assert said(await standby.turn(ask(FORGOT))) == ["password_forgot", NOTE]


async def test_a_try_that_hung_counts_from_its_beginning(
    standby: StandbyEngine, rasa: Rasa
) -> None:
    rasa.up, rasa.seconds = False, 4.5
    assert said(await standby.turn(ask(FORGOT))) == ["password_forgot", NOTE]


async def test_the_turn_names_the_keywords_as_its_model(standby: StandbyEngine, down: Down) -> None:
    await down(3)
    assert (await standby.turn(ask(FORGOT))).model_id == MODEL_ID


async def test_the_note_bears_the_topic_that_was_answered(
    standby: StandbyEngine, down: Down
) -> None:
    await down(3)
    assert (await standby.turn(ask(FORGOT))).spoken[1].topic == "password_forgot"


async def test_a_tapped_topic_is_answered_as_well(standby: StandbyEngine, down: Down) -> None:
    await down(3)
    turn = await standby.turn(ask(None, intent="account_locked"))
    assert said(turn) == ["account_locked", NOTE]


async def test_words_that_lead_to_questions_are_replaced_by_some_that_stand_alone(
    standby: StandbyEngine, down: Down
) -> None:
    await down(3)
    turn = await standby.turn(ask("ワンタイムパスワードを再送してください"))
    assert said(turn) == ["otp_expired", NOTE]
    assert {each.topic for each in turn.spoken} == {"otp_resend_request"}


async def test_care_is_given_at_the_first_failure_and_nothing_beside_it(
    standby: StandbyEngine, rasa: Rasa
) -> None:
    rasa.up = False
    assert said(await standby.turn(ask("パスワードも忘れたし、もう死にたい"))) == ["distress"]


@pytest.mark.parametrize(
    "more",
    [
        {"text": UNKNOWN},
        {"text": "ロックされているか調べてください"},
        {"text": None, "intent": "account_lock_check"},
        {"text": None, "intent": "inform", "entities": {"otp_screen": "open"}},
    ],
)
async def test_what_only_rasa_can_do_waits_for_it(
    standby: StandbyEngine, down: Down, more: dict
) -> None:
    await down(39)
    with pytest.raises(EngineFailed) as failure:
        await standby.turn(ask(**more))
    assert not isinstance(failure.value, GivenUp)


async def test_when_rasa_stays_away_the_person_is_told_at_once(
    standby: StandbyEngine, down: Down
) -> None:
    await down(40)
    with pytest.raises(GivenUp) as failure:
        await standby.turn(ask(UNKNOWN))
    assert (failure.value.apology, failure.value.model_id) == (SORRY, MODEL_ID)


async def test_account_help_is_never_given_up_or_made_up(
    standby: StandbyEngine, down: Down
) -> None:
    await down(60)
    with pytest.raises(EngineFailed) as failure:
        await standby.turn(ask(None, intent="verified_lockout", grant="handle"))
    assert not isinstance(failure.value, GivenUp)


async def test_rasa_back_answers_again_by_itself(
    standby: StandbyEngine, rasa: Rasa, down: Down
) -> None:
    await down(60)
    rasa.up = True
    assert await standby.turn(ask(UNKNOWN)) == FULL


async def test_an_outage_of_the_past_does_not_count(
    standby: StandbyEngine, rasa: Rasa, down: Down, clock: MovingClock
) -> None:
    await down(60)
    clock.move(seconds=31)
    with pytest.raises(EngineFailed) as failure:
        await standby.turn(ask(UNKNOWN))
    assert not isinstance(failure.value, GivenUp)


async def test_rasa_is_told_to_forget(standby: StandbyEngine, rasa: Rasa) -> None:
    await standby.forget("c-1")
    assert rasa.forgotten == ["c-1"]
