from datetime import UTC, datetime

import pytest

from api.chat.engine.protocol import Spoken
from api.chat.rendering import render
from api.content.catalogue import Catalogue, load_catalogue

NOW = datetime(2026, 11, 23, 5, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def locked(until: str) -> Spoken:
    return Spoken("lock_check_result", {"state": "locked", "until": until}, private=True)


def test_moments_are_shown_in_tokyo_with_the_minutes_left(catalogue: Catalogue) -> None:
    text = render(locked("2026-11-23T05:32:00+00:00"), catalogue, "", NOW).body["text"]
    assert "14時32分まで、あと12分です" in text


def test_a_moment_with_z_is_understood(catalogue: Catalogue) -> None:
    assert "14時32分" in render(locked("2026-11-23T05:32:00Z"), catalogue, "", NOW).body["text"]


def test_a_lock_that_has_just_run_out_has_no_minutes_left(catalogue: Catalogue) -> None:
    assert "あと0分" in render(locked("2026-11-23T05:20:00Z"), catalogue, "", NOW).body["text"]


@pytest.mark.parametrize("state", ["locked", "open", "unknown"])
def test_every_bubble_with_a_mock_value_is_marked_as_a_sample(
    catalogue: Catalogue, state: str
) -> None:
    values = {"state": state, "until": "2026-11-23T05:32:00Z" if state == "locked" else None}
    body = render(Spoken("lock_check_result", values), catalogue, "", NOW).body
    for bubble in [body["text"], *body["details"]]:
        assert "【見本】実際のあなたの登録とは関係ありません" in bubble


def test_the_topics_that_the_engine_names_become_the_choices(catalogue: Catalogue) -> None:
    spoken = Spoken("fallback", {"topics": ["otp_expired", "not_in_the_catalogue"]})
    assert render(spoken, catalogue, "", NOW).choices == ("otp_expired",)


def test_every_public_answer_renders(catalogue: Catalogue) -> None:
    for answer in catalogue.answers.values():
        for state in answer.entry.variants or [""]:
            values = {"state": state, "until": NOW.isoformat()}
            body = render(Spoken(answer.id, values), catalogue, "HB-0000-0000", NOW).body
            assert "{" not in body["text"] + "".join(body["details"])
