"""Whatever the catalogue says fits what LINE and Slack take."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from linebot.v3.messaging import PushMessageRequest, ReplyMessageRequest
from slack_sdk.models.blocks import Block

from api.channels.contract import Button, Link, Utterance, choice_data
from api.channels.line.render import render as line_render
from api.channels.slack.render import fallback, render_private
from api.channels.slack.render import render as slack_render
from api.chat.engine.protocol import Spoken
from api.chat.rendering import Renderer
from api.content.catalogue import load_catalogue
from api.content.hours import OpeningHours
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack

CATALOGUE = load_catalogue()
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def utterances(easy: bool) -> list[Utterance]:
    renderer = Renderer(CATALOGUE, OpeningHours("Mon-Fri 09:30-18:00"))
    values = {"state": "locked", "until": NOW.isoformat(), "notice": "お知らせ"}
    found = []
    spoken_in_all_states = [
        Spoken(answer_id, {**values, "state": state}, easy=easy)
        for answer_id, answer in CATALOGUE.answers.items()
        for state in list(answer.entry.variants) or ["locked"]
    ]
    for spoken in spoken_in_all_states:
        rendered = renderer.render(spoken, "HB-0000-0000", NOW)
        body = rendered.body
        found.append(
            Utterance(
                body["text"],
                body["details"],
                [Link(each["label"], each["url"]) for each in body["links"]],
                [Button(each.label, choice_data("k-" + "0" * 24)) for each in rendered.choices],
                private_link=Link("見る", "https://bot.example/verify/" + "f" * 64),
            )
        )
    return found


EVERYTHING = [each for easy in (False, True) for each in utterances(easy)]


def fits_line(messages: list[dict[str, Any]]) -> None:
    assert fake_line.wrong_with(messages) == ""
    for model, rest in (
        (ReplyMessageRequest, {"replyToken": "t"}),
        (PushMessageRequest, {"to": "U"}),
    ):
        made = model.from_dict({**rest, "messages": messages})
        # Nothing is dropped on the way: what the SDK would send is what we made.
        assert made.to_dict()["messages"] == messages


def fits_slack(blocks: list[dict[str, Any]]) -> None:
    assert fake_slack.wrong_with(blocks) == ""
    # The models check themselves, and what is in them, when they are turned back.
    assert [block.to_dict() for block in Block.parse_all(blocks)] == blocks
    assert "mrkdwn" not in str(blocks)


def test_every_answer_is_among_them_in_every_state() -> None:
    states = sum(len(each.entry.variants) or 1 for each in CATALOGUE.answers.values())
    assert len(EVERYTHING) == 2 * states > 2 * len(CATALOGUE.answers)


def test_every_answer_fits_line() -> None:
    for reply in EVERYTHING:
        fits_line(line_render([reply]))


def test_every_answer_fits_slack() -> None:
    for reply in EVERYTHING:
        fits_slack(slack_render([reply]))
        fits_slack(slack_render([reply], chosen="選んだもの"))
        fits_slack(render_private([reply]))


texts = st.text(min_size=1, max_size=3000).filter(str.strip)
# Longer than what either platform takes, so that every limit is met.
labels = (st.text(min_size=1, max_size=40) | st.just("長" * 100)).filter(str.strip)
buttons = st.builds(Button, labels, st.text(min_size=1, max_size=400) | st.just("d" * 2500))
links = st.builds(Link, labels, st.just("https://www.hellowork.mhlw.go.jp/"))
anything = st.builds(
    Utterance,
    text=texts,
    details=st.lists(texts, max_size=3),
    links=st.lists(links, max_size=4),
    buttons=st.lists(buttons, max_size=30),
    note=st.text(max_size=50),
    private_link=st.none() | links,
)


# Above every limit at once: chance alone meets some of them once in a hundred runs.
LONGEST = Button("長" * 100, "d" * 2500)
MOST = [Utterance("長" * 6000, buttons=[LONGEST]) for _ in range(8)]
MANY_BUTTONS = [Utterance("短い", buttons=[Button(str(n), str(n)) for n in range(40)])]


@example(MOST)
@example(MANY_BUTTONS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(anything, min_size=1, max_size=8))
def test_line_takes_any_answer_whatsoever(replies: list[Utterance]) -> None:
    fits_line(line_render(replies))


@example(MOST)
@example(MANY_BUTTONS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(anything, min_size=1, max_size=8))
def test_slack_takes_any_answer_whatsoever(replies: list[Utterance]) -> None:
    fits_slack(slack_render(replies))
    assert "<" not in fallback(replies)


def test_a_long_text_is_cut_between_letters_that_people_see() -> None:
    family = "👨‍👩‍👧‍👦"
    messages = line_render([Utterance(family * 1000)])
    assert all(len(each["text"]) % len(family) == 0 for each in messages)


def test_a_label_of_twenty_graphemes_is_kept_whole() -> None:
    label = "👨‍👩‍👧‍👦" * 20
    (message,) = line_render([Utterance("x", buttons=[Button(label, "d")])])
    assert message["quickReply"]["items"][0]["action"]["label"] == label


@pytest.mark.parametrize("place", [0, 1, 2])
def test_in_a_group_nobody_gets_a_link_for_one(place: int) -> None:
    replies = [Utterance(f"a{n}") for n in range(3)]
    replies[place] = Utterance("b", private_link=Link("見る", "https://x.example/verify/1"))
    said = line_render(replies, in_public=True, elsewhere="一対一で")
    assert "verify" not in str(said)
    assert "一対一で" in said[place]["text"]
