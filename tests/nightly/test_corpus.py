"""The whole corpus of personal data through every door."""

from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tests.scenarios.conftest import Person, Stack
from tests.scenarios.test_73_the_corpus import CORPUS, drive, drive_platforms, leaks, repeated


def test_no_file_holds_anything_of_the_whole_corpus(
    stack: Stack, line: FakeLine, slack: FakeSlack
) -> None:
    drive(stack, Person(stack.address), CORPUS)
    drive_platforms(stack, line, slack, CORPUS)
    assert leaks(stack.var) == []
    assert repeated(line, slack) == []
