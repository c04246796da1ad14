"""Everything the article covers is answered, and every answer can be reached."""

from pathlib import Path

import pytest
import yaml

from api.content.catalogue import Catalogue, load_catalogue

ROOT = Path(__file__).parents[3]
TOPICS = yaml.safe_load((ROOT / "tests/data/topics.yml").read_text("utf-8"))
# data/answers/channels.yml: said where a platform brings no words.
ON_CHANNELS = {
    "sticker_received", "image_received", "voice_received", "location_received", "file_received",
    "other_received", "nothing_readable", "text_too_long", "choice_gone", "too_many",
    "group_joined", "returned_from_form", "conversation_erased",
}  # fmt: skip
# Answers that the gateway itself puts in, by their names in api/.
BY_NAME = {
    "service_notice", "handover_waiting", "handover_accepted", "handover_released",
    "handover_missed", "staff_message",
    "opening", "same_again", "private_elsewhere", "private_lost", "turn_failed",
    "lock_check_result", "features_result", "otp_resent", "otp_resend_off", "otp_resend_live",
    "account_lock_check_live", "feature_check_live", "lock_time_left", "others_refused",
    "masked_note", "standby_note", "standby_sorry",
    "urgent", "memo_offer", "same_thrice", "more_again", "review_overdue", "english_note",
    "ask_otp_screen", "ask_otp_minutes", "ask_otp_other_mail", "flow_unclear",
    "flow_unclear_again", "flow_way_out", "flow_noted", "flow_cancelled", "flow_over",
    *ON_CHANNELS,
    "account_unavailable", "account_lock_check_off", "fallback", "fallback_menu", "fallback_third",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_all_99_topics_are_listed() -> None:
    assert sorted(TOPICS) == list(range(1, 100))


@pytest.mark.parametrize("number", sorted(TOPICS))
def test_a_topic_of_the_article_has_an_answer(number: int, catalogue: Catalogue) -> None:
    assert TOPICS[number]
    assert set(TOPICS[number]) <= set(catalogue.answers)


def test_every_answer_can_be_reached(catalogue: Catalogue) -> None:
    intents = yaml.safe_load((ROOT / "bot/domain/domain.yml").read_text("utf-8"))["intents"]
    reached = {*intents, *BY_NAME}
    for answer_id in catalogue.answers:
        reached |= {*catalogue.choices(answer_id), *catalogue.situations(answer_id)}
    assert set(catalogue.answers) - reached == set()


def test_every_answer_has_an_easy_form(catalogue: Catalogue) -> None:
    assert [answer.id for answer in catalogue.answers.values() if not answer.entry.easy.text] == []


def test_no_two_answers_of_a_topic_begin_with_the_same_words(catalogue: Catalogue) -> None:
    texts: dict[tuple[str, str], str] = {}
    for answer in catalogue.answers.values():
        if answer.entry.text:
            key = (answer.entry.topic, answer.entry.text)
            assert key not in texts, (answer.id, texts.get(key))
            texts[key] = answer.id


# Nothing is said of the real service here: the bot speaks of itself, of the talk, or asks.
SOURCELESS = {
    "lock_check_result", "otp_resent", "lock_time_left", "others_refused", "masked_note",
    "private_elsewhere", "private_lost", "account_unavailable",
    "turn_failed", "standby_note", "standby_sorry",
    "which_mail", "which_registration", "which_expired", "which_trouble",
    "fallback", "menu", "same_again", "review_overdue", "english_note", "flow_cancelled",
    "which_screen", "flow_over",
    "erase_conversation", "repeat_last", "simplify_last", "what_is_that",
    "out_of_scope", "out_of_scope__other_site", "flow_unclear", "flow_unclear_again",
    "flow_noted", "greeting", "opening", "thanks", "goodbye", "affirm", "deny",
    "complaint_frustration", "bot_challenge", "bot_challenge__who_runs", "bot_challenge__stored",
    "service_notice", "handover_waiting", "handover_cancelled", "handover_accepted",
    "handover_released", "handover_missed", "staff_message",
    *ON_CHANNELS,
}  # fmt: skip


def test_everything_said_of_the_real_service_names_its_source(catalogue: Catalogue) -> None:
    without = {each.id for each in catalogue.answers.values() if each.entry.source is None}
    assert without == SOURCELESS


def test_no_answer_without_a_source_hedges_anything(catalogue: Catalogue) -> None:
    """What is hedged was read somewhere. The help desk's number carries its own date."""
    for answer_id in SOURCELESS:
        entry = catalogue[answer_id].entry
        assert "とされて" not in "".join([entry.text, *entry.details]), answer_id
