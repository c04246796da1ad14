from pathlib import Path

import pytest
import yaml

from bot.text.cleaning import clean, disarm, is_command

COMMANDS = yaml.safe_load((Path(__file__).parents[1] / "data" / "commands.yml").read_text("utf-8"))


@pytest.mark.parametrize("typed", COMMANDS)
def test_a_typed_command_no_longer_begins_with_a_slash(typed: str) -> None:
    assert not disarm(typed).strip().startswith("/")


@pytest.mark.parametrize("typed", COMMANDS)
def test_a_typed_command_is_recognised(typed: str) -> None:
    assert is_command(typed)


@pytest.mark.parametrize(
    "typed", ["/パスワードを忘れた", "and/or 検索", "/ が打てない", "求人／検索"]
)
def test_a_question_with_a_slash_is_no_command(typed: str) -> None:
    assert not is_command(typed)


def test_text_without_a_leading_slash_stays_as_it_is() -> None:
    assert disarm("  and/or  ") == "  and/or  "


@pytest.mark.parametrize("unusable", ["\x00", "\ud83d", "\x1b", "\x07"])
def test_what_no_database_can_keep_is_dropped(unusable: str) -> None:
    assert clean(f"パス{unusable}ワード") == "パスワード"


def test_line_breaks_inside_survive_cleaning() -> None:
    assert clean("　一行目\n二行目 ") == "一行目\n二行目"
