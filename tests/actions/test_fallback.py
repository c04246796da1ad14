from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.fallback import ActionAskBack

RANKING = [
    {"name": name, "confidence": 0.1}
    for name in ("nlu_fallback", "otp_expired", "out_of_scope", "greeting", "password_forgot",
                 "account_locked", "search_no_results")
]  # fmt: skip


async def said(ranking: list, *answers_before: str, intent: str = "nlu_fallback") -> dict:
    events = [{"event": "bot", "data": {"custom": {"answer": answer}}} for answer in answers_before]
    tracker = Tracker(
        "c-1",
        {},
        {"intent_ranking": ranking, "intent": {"name": intent}},
        events,
        False,
        None,
        {},
        "action_listen",
    )
    dispatcher = CollectingDispatcher()
    assert await ActionAskBack().run(dispatcher, tracker, {}) == []
    return dispatcher.messages[0]["custom"]


async def test_the_three_likeliest_topics_are_offered() -> None:
    topics = (await said(RANKING))["values"]["topics"]
    assert topics == ["otp_expired", "password_forgot", "account_locked"]


async def test_the_bot_never_asks_back_twice_running() -> None:
    assert await said(RANKING, "fallback") == {"answer": "fallback_menu"}


async def test_the_third_miss_offers_a_telephone() -> None:
    assert await said(RANKING, "fallback", "fallback_menu") == {"answer": "fallback_third"}


async def test_after_an_answer_the_bot_may_ask_back_again() -> None:
    assert (await said(RANKING, "fallback", "otp_expired"))["answer"] == "fallback"


async def test_with_nothing_to_offer_there_is_the_menu() -> None:
    assert await said([]) == {"answer": "fallback_menu"}


async def test_words_of_two_topics_are_asked_back_with_both() -> None:
    assert await said(RANKING, intent="which_mail") == {"answer": "which_mail"}


async def test_what_was_asked_back_just_now_is_not_asked_again() -> None:
    assert await said(RANKING, "which_mail", intent="which_mail") == {"answer": "fallback_menu"}
