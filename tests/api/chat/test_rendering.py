from datetime import UTC, datetime

import pytest

from api.chat.engine.protocol import Spoken
from api.chat.rendering import Renderer
from api.content.catalogue import Catalogue
from tests.api.chat.conftest import NOW, labels

OPEN, CLOSED = datetime(2026, 11, 24, 5, 0, tzinfo=UTC), datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def locked(until: str) -> Spoken:
    return Spoken("lock_check_result", {"state": "locked", "until": until}, private=True)


def test_moments_are_shown_in_tokyo_with_the_minutes_left(renderer: Renderer) -> None:
    text = renderer.render(locked("2026-11-23T05:32:00+00:00"), "", NOW).body["text"]
    assert "14時32分まで、あと12分です" in text


def test_a_moment_with_z_is_understood(renderer: Renderer) -> None:
    assert "14時32分" in renderer.render(locked("2026-11-23T05:32:00Z"), "", NOW).body["text"]


def test_a_lock_that_has_just_run_out_has_no_minutes_left(renderer: Renderer) -> None:
    assert "あと0分" in renderer.render(locked("2026-11-23T05:20:00Z"), "", NOW).body["text"]


STATES = {
    "lock_check_result": ["locked", "open", "unknown"],
    "features_result": ["online", "full", "expired", "employer", "unknown"],
    "otp_resent": [""],
}
OF_THE_MOCK = [(answer, state) for answer, states in STATES.items() for state in states]


@pytest.mark.parametrize(("answer", "state"), OF_THE_MOCK)
def test_every_bubble_with_a_mock_value_is_marked_as_a_sample(
    renderer: Renderer, answer: str, state: str
) -> None:
    values = {"state": state, "until": "2026-11-23T05:32:00Z" if state == "locked" else None}
    body = renderer.render(Spoken(answer, values), "", NOW).body
    for bubble in [body["text"], *body["details"]]:
        assert "【見本】実際のあなたの登録とは関係ありません" in bubble


def test_a_value_that_is_no_sample_carries_no_mark(renderer: Renderer) -> None:
    spoken = Spoken("lock_check_result", {"state": "open", "until": None, "sample": False})
    assert renderer.render(spoken, "", NOW).body["text"] == "いまはロックされていません。"


def test_a_comparison_is_said_in_lines(renderer: Renderer) -> None:
    details = renderer.render(Spoken("registration_difference"), "", NOW).body["details"]
    line = "・ハローワークからのおすすめ求人：オンライン登録者は×、利用登録者は○"
    assert line in details[0].splitlines()


def test_runners_up_that_are_named_to_be_picked_stay_among_the_choices(
    renderer: Renderer,
) -> None:
    named = {"topics": ["otp_expired", "otp_wrong"]}
    rendered = renderer.render(Spoken("fallback", named, also=("otp_expired",)), "", NOW)
    assert [button.topic for button in rendered.choices] == ["otp_expired", "otp_wrong"]


def test_the_topics_that_the_engine_names_become_the_choices(renderer: Renderer) -> None:
    spoken = Spoken("fallback", {"topics": ["otp_expired", "not_in_the_catalogue"]})
    assert labels(renderer.render(spoken, "", NOW)) == ["番号の期限が切れた"]


def test_every_public_answer_renders(catalogue: Catalogue, renderer: Renderer) -> None:
    for answer in catalogue.answers.values():
        for state in answer.entry.variants or [""]:
            values = {"state": state, "until": NOW.isoformat()}
            body = renderer.render(Spoken(answer.id, values), "HB-0000-0000", NOW).body
            assert "{" not in body["text"] + "".join(body["details"])


def test_a_button_to_a_topic_means_its_intent_and_to_a_situation_its_answer(
    renderer: Renderer,
) -> None:
    spoken = Spoken("fallback", {"topics": ["otp_expired", "otp_expired__mail_late"]})
    assert [button.payload for button in renderer.render(spoken, "", NOW).choices] == [
        {"intent": "otp_expired"},
        {"intent": "situation", "entities": {"situation": "otp_expired__mail_late"}},
    ]


def test_a_question_offers_its_own_answers_and_nothing_else(renderer: Renderer) -> None:
    asked = renderer.render(Spoken("ask_otp_minutes"), "", NOW)
    assert labels(asked) == ["10分以内", "10分より前", "わからない", "中止する"]


def test_a_person_in_distress_is_offered_a_talk_only_while_somebody_is_there(
    renderer: Renderer,
) -> None:
    offered = [labels(renderer.render(Spoken("distress"), "", now)) for now in (OPEN, CLOSED)]
    assert ["人と話したい" in each for each in offered] == [True, False]


def test_the_help_desks_next_opening_is_told_outside_its_hours(renderer: Renderer) -> None:
    details = "".join(renderer.render(Spoken("contact_helpdesk"), "", CLOSED).body["details"])
    assert "11月25日（水）の9時30分から" in details


def test_inside_the_hours_it_is_told_until_when(renderer: Renderer) -> None:
    details = "".join(renderer.render(Spoken("contact_helpdesk"), "", OPEN).body["details"])
    assert "受付時間の中です（きょうは18時まで）" in details


def test_an_overdue_review_softens_the_words_and_silences_nothing(renderer: Renderer) -> None:
    late = datetime(2028, 1, 4, 3, 0, tzinfo=UTC)
    now, then = (renderer.render(Spoken("otp_expired"), "", each).body for each in (NOW, late))
    assert then["text"] == now["text"]
    assert then["details"][:-1] == now["details"]
    assert "見直しの時期を過ぎています" in then["details"][-1]


def test_who_has_done_the_first_step_hears_the_next(renderer: Renderer) -> None:
    text = renderer.render(Spoken("otp_not_received", tried=True), "", NOW).body["text"]
    assert "迷惑メール" not in text


def test_who_writes_english_hears_one_english_sentence_as_well(renderer: Renderer) -> None:
    body = renderer.render(Spoken("password_forgot", english=True), "", NOW).body
    assert "English:" in body["details"][0]
