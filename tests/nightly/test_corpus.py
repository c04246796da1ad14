"""The whole corpus of personal data through every door."""

from tests.scenarios.conftest import Person, Stack
from tests.scenarios.test_73_the_corpus import CORPUS, drive, leaks


def test_no_file_holds_anything_of_the_whole_corpus(stack: Stack) -> None:
    drive(stack, Person(stack.address), CORPUS)
    assert leaks(stack.var) == []
