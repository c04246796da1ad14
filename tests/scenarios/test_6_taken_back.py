"""Who takes a conversation back finds nothing of it left, in any file."""

from tests.scenarios.conftest import Person, Stack

TELLING = "とてもひみつのはなしですが、パスワードを忘れました"


def test_nothing_of_an_erased_conversation_stays(person: Person, stack: Stack) -> None:
    person.hears(TELLING)
    answer = person.http.delete(person.path.removesuffix("/messages"), headers=person.headers)
    assert answer.json()["receipt"].startswith("HB-")
    word = "ひみつのはなし"
    forms = (word.encode(), word.encode("unicode_escape"))
    for path in stack.var.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(form in content for form in forms), path
