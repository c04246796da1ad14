"""Each error code has its Japanese sentence."""

import pytest

import api.accounts.errors
import api.kit.problems  # noqa: F401  (both declare error classes)
from api.kit.errors import HelpbotError
from api.kit.sentences import load_sentences

SENTENCES = load_sentences()


def family(error):
    return {error} | {member for child in error.__subclasses__() for member in family(child)}


@pytest.mark.parametrize(
    "error", sorted(family(HelpbotError), key=lambda error: (error.code, error.__qualname__))
)
def test_every_declared_code_has_a_sentence(error):
    assert error.code in SENTENCES


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_what_to_do_next(code):
    happened, next_step = SENTENCES[code].rstrip("。").rsplit("。", 1)
    assert happened
    assert next_step.endswith("ください")


@pytest.mark.parametrize("text", ["- a list", "code: 1", "code: ''", "code: {nested: x}"])
def test_a_file_of_another_shape_is_refused(tmp_path, text):
    file = tmp_path / "errors.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"errors\.yml"):
        load_sentences(file)
