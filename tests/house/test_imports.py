"""The import law of the design, read from the sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED_FROM_BOT = "bot.text"
# May not touch files, network or databases.
PURE = {"parse.py", "render.py", "verify.py", "rendering.py", "mask.py"}
IO = {"httpx", "sqlalchemy", "socket", "subprocess", "urllib", "aiosqlite", "os"}
DATABASE_FILES = {"repository.py", "rows.py", "models.py", "database.py", "locks.py", "base.py"}
QUERIES = {"select", "insert", "update", "delete", "text"}


def sources(folder: str) -> Iterator[Path]:
    yield from sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offenders(folder: str, forbidden: tuple[str, ...], allowed: str = "-") -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(folder)
        for name in imports(path)
        if name.split(".")[0] in forbidden and not name.startswith(allowed)
    ]


@pytest.mark.parametrize(
    ("folder", "forbidden", "allowed"),
    [
        ("bot", ("actions", "api", "tools", "tests"), "-"),
        ("actions", ("bot", "api", "tools", "tests", "rasa"), "-"),
        ("api", ("actions", "rasa", "rasa_sdk", "tools", "tests"), "-"),
        ("api", ("bot",), ALLOWED_FROM_BOT),
    ],
)
def test_no_room_imports_what_it_may_not(
    folder: str, forbidden: tuple[str, ...], allowed: str
) -> None:
    assert offenders(folder, forbidden, allowed) == []


def test_bot_text_needs_only_the_standard_library_and_sudachipy() -> None:
    known = {
        "re",
        "unicodedata",
        "functools",
        "collections",
        "itertools",
        "typing",
        "dataclasses",
        "bot",
    }
    for path in sources("bot/text"):
        assert {name.split(".")[0] for name in imports(path)} <= known | {"sudachipy"}


def test_actions_need_only_the_sdk_and_an_http_client() -> None:
    third = {"rasa_sdk", "httpx", "actions"}
    standard = {
        "asyncio", "collections", "contextlib", "dataclasses", "datetime", "functools", "json",
        "os", "re", "ssl", "sys", "typing",
    }  # fmt: skip
    for path in sources("actions"):
        assert {name.split(".")[0] for name in imports(path)} <= third | standard


def test_endpoints_know_no_database() -> None:
    for path in sources("api"):
        if path.name == "endpoints.py":
            assert not [name for name in imports(path) if name.startswith("sqlalchemy")], path


def test_pure_files_do_no_input_or_output() -> None:
    pure = [path for path in sources("api") if path.name in PURE]
    pure += [*sources("bot/text"), *(ROOT / "api/privacy/masking/rules").rglob("*.py")]
    for path in pure:
        assert not {name.split(".")[0] for name in imports(path)} & IO, path


def test_only_repositories_write_queries() -> None:
    for path in sources("api"):
        if path.name in DATABASE_FILES or "migrations" in path.parts:
            continue
        named = {name.rsplit(".", 1)[1] for name in imports(path) if name.startswith("sqlalchemy.")}
        assert not named & QUERIES, path


def test_the_core_knows_no_channel() -> None:
    for path in sources("api/chat"):
        assert not [name for name in imports(path) if name.startswith("api.channels")], path


def test_nobody_but_the_database_commits() -> None:
    for path in [*sources("api"), *sources("bot"), *sources("actions")]:
        # The tracker store is Rasa's, with a database and sessions of its own.
        if path.name not in {"database.py", "tracker_store.py"}:
            assert ".commit(" not in path.read_text("utf-8"), path
