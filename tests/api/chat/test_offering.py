"""What is offered below an answer: few buttons, none twice, and words that mean a button."""

import pytest

from api.chat.engine.protocol import Spoken
from api.chat.rendering import Renderer
from api.content.catalogue import FEW_CHOICES, SOMETHING_ELSE, Catalogue
from tests.api.chat.conftest import NOW, Core, labels
from tests.api.conftest import Talk

# Lists that are meant as lists; a drawing each, a language each.
LISTS = {"menu", "other_language", "standby_sorry"}


def test_an_answer_offers_a_few_buttons_unless_it_is_a_list(catalogue: Catalogue) -> None:
    many = [each for each in catalogue.answers if len(catalogue.choices(each)) > FEW_CHOICES]
    assert {*many} <= LISTS


@pytest.mark.parametrize("hour", [5, 12])
def test_the_hour_adds_no_button_beyond_the_few(
    catalogue: Catalogue, renderer: Renderer, hour: int
) -> None:
    for answer in {*catalogue.answers} - LISTS:
        if catalogue[answer].entry.options or catalogue[answer].entry.variants:
            continue
        moment = NOW.replace(day=24, hour=hour)
        assert len(renderer.render(Spoken(answer), "", moment).choices) <= FEW_CHOICES, answer


def test_what_has_no_button_comes_with_something_else(catalogue: Catalogue) -> None:
    for answer in catalogue.answers:
        offered, known = catalogue.choices(answer), catalogue.all_choices(answer)
        if {*known} - {*offered}:
            assert offered[-1] == SOMETHING_ELSE, answer


def test_no_two_buttons_under_an_answer_say_the_same(catalogue: Catalogue) -> None:
    for answer in catalogue.answers:
        titles = [catalogue[each].entry.title for each in catalogue.choices(answer)]
        assert len({*titles}) == len(titles)
        assert not {"再登録のメールが来ない", "再登録のメールが届かない"} <= {*titles}


def test_an_answer_that_was_just_given_has_no_button(renderer: Renderer) -> None:
    given = frozenset({"account_locked"})
    spoken = Spoken("password_forgot", heard_before=given)
    assert "ロックされた" not in labels(renderer.render(spoken, "", NOW))


def test_a_runner_up_takes_the_place_of_another_button(
    catalogue: Catalogue, renderer: Renderer
) -> None:
    spoken = Spoken("password_forgot", also=("otp_wrong",))
    shown = labels(renderer.render(spoken, "", NOW))
    assert len(shown) == FEW_CHOICES
    assert shown[-1] == catalogue["otp_wrong"].entry.title


async def test_the_buttons_left_over_come_first_with_something_else(core: Core) -> None:
    await core.hear("パスワードを忘れた", "password_forgot")
    await core.hear("他には", "more_options")
    history = await core.services.conversations.history(core.conversation.id)
    offered = [choice.label for choice in history.said[-1].choices]
    assert offered[0] == "再登録のメールが来ない"
    assert offered[-1] == "最初の一覧に戻る"


@pytest.mark.parametrize("words", ["画面の絵から選ぶ", "画面の絵から選ぶ。", " 画面の絵から 選ぶ"])
async def test_the_words_of_a_button_mean_the_button(talk: Talk, words: str) -> None:
    answer = (await talk.send(text=words)).json()
    assert answer["replies"][0]["answer_id"] == "which_screen"


async def test_the_words_of_a_button_that_is_not_there_are_only_words(talk: Talk) -> None:
    await talk.ask("ワンタイムパスワードが届きません")
    answer = (await talk.send(text="どれとも違う")).json()
    assert answer["replies"][0]["answer_id"] != "error_message_meaning__unknown"
