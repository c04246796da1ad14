"""What is personal is gone before the first write, on the whole stack."""

from tests.scenarios.conftest import Person, Stack

SECRETS = ["hanako.sample@example.jp", "090-0000-1234", "123456789018", "Sakura2024!", "482913"]
MESSAGE = (
    "ハンドル {0} です。電話は {1}、番号 {2}。"
    "パスワードは {3} で、届いた確認番号は {4} なのに、ワンタイムパスワードが届きません"
)


def test_no_file_log_or_tracker_holds_what_was_typed(person: Person, stack: Stack) -> None:
    person.hears(MESSAGE.format(*SECRETS))
    for path in stack.var.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in SECRETS:
            forms = (secret.encode(), secret.encode("unicode_escape"))
            assert not any(form in content for form in forms), (path, secret)


def test_the_person_sees_masks_in_the_history(person: Person) -> None:
    person.hears(MESSAGE.format(*SECRETS))
    messages = person.http.get(person.path, headers=person.headers).json()["messages"]
    assert "［メール1］" in messages[1]["text"]
