import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.questions import ActionAskAgain, ActionLeaveQuestions, ActionOtpAdvice


async def run(action: object, **slots: object) -> tuple[list[str], dict[str, object]]:
    """Return the answers said and the slots set."""
    tracker = Tracker("c-1", slots, {}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {})
    said = [message["custom"]["answer"] for message in dispatcher.messages]
    return said, {each["name"]: each["value"] for each in events if each["event"] == "slot"}


@pytest.mark.parametrize(
    ("screen", "minutes", "other_mail", "answer"),
    [
        ("closed", "skipped", "skipped", "screen_closed"),
        ("open", "recent", "skipped", "just_now"),
        ("open", "long", "arrives", "other_mail_ok"),
        ("unknown", "unknown", "missing", "other_mail_missing"),
        ("open", "long", "unknown", "long_ago"),
    ],
)
async def test_the_first_slot_that_decides_names_the_advice(
    screen: str, minutes: str, other_mail: str, answer: str
) -> None:
    slots = {"otp_screen": screen, "otp_minutes": minutes, "otp_other_mail": other_mail}
    assert (await run(ActionOtpAdvice(), **slots))[0] == [f"otp_not_received__{answer}"]


async def test_after_the_advice_nothing_is_remembered() -> None:
    assert set((await run(ActionOtpAdvice(), otp_screen="open"))[1].values()) == {None, 0}


async def test_every_third_unclear_reply_gets_a_way_out_and_none_repeats_the_last() -> None:
    said = [(await run(ActionAskAgain(), unclear_replies=count))[0][0] for count in range(4)]
    assert said == ["flow_unclear", "flow_unclear_again", "flow_way_out", "flow_unclear"]


async def test_leaving_says_nothing_and_forgets_the_slots() -> None:
    said, slots = await run(ActionLeaveQuestions(), otp_screen="open")
    assert (said, slots["otp_screen"], slots["requested_slot"]) == ([], None, None)
