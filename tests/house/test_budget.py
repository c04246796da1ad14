"""Small files, short functions, no words in code."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
WORDLESS = ("actions", "api", "bot", "tools")
MINTED = {
    "verified_lockout",
    "verified_features",
    "verified_otp_resend",
    "situation",
    "inform",
    "cancel",
}
# What is said of the last answer, and words of two topics: tests/scenarios/dialogues/ has these.
ASIDE = {
    "which_mail", "which_registration", "which_expired", "which_trouble", "circumstance",
    "what_is_that", "already_tried", "tonight",
}  # fmt: skip
# Small talk says nothing about the real service, so it rests on no page.
SOURCELESS = {
    "greeting", "thanks", "goodbye", "affirm", "deny", "bot_challenge", "complaint_frustration",
    "talk_to_human", "out_of_scope", "repeat_last", "simplify_last", "more_options",
    "erase_conversation", "menu",
}  # fmt: skip
# Patterns of what people write, not words for people: apart from their syntax they mean nothing.
PATTERNS = ROOT / "api/privacy/masking/rules"


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders or (*WORDLESS, "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def strings(path: Path) -> Iterator[str]:
    """Yield string constants that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node.value


def test_no_file_is_over_400_lines() -> None:
    widget = ROOT / "api/widget/src"
    files = [*sources(), *widget.rglob("*.ts"), *widget.glob("*.css"), *ROOT.glob("api/*/static/*")]
    files = [path for path in files if path.is_file()]
    assert [path for path in files if len(path.read_text("utf-8").splitlines()) > 400] == []


def test_most_files_are_under_100_lines() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in sources(*WORDLESS)]
    assert statistics.median(lengths) <= 100


def test_functions_are_short() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{function.name}": function.end_lineno - function.lineno + 1
        for path in sources(*WORDLESS)
        if "migrations" not in path.parts
        for function in functions(path)
        if function.end_lineno is not None
    }
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
    assert statistics.median(lengths.values()) <= 12


def test_no_japanese_stands_in_the_widget() -> None:
    """Comments may quote; the two letters of the pattern for readings are no words."""
    for path in (ROOT / "api/widget/src").rglob("*.ts"):
        lines = path.read_text("utf-8").splitlines()
        code = [
            line for line in lines if not line.strip().startswith(("//", "const READING", "/**"))
        ]
        assert not JAPANESE.search("\n".join(code)), path


def test_no_japanese_stands_in_code() -> None:
    with_words = {
        str(path.relative_to(ROOT)): value
        for path in sources(*WORDLESS)
        if PATTERNS not in path.parents
        for value in strings(path)
        if JAPANESE.search(value)
    }
    assert with_words == {}


def utterances(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "utter_message":
            yield node


def test_no_action_holds_a_sentence() -> None:
    for path in sources("actions"):
        for call in utterances(path):
            assert [keyword.arg for keyword in call.keywords] == ["json_message"], path


def domain() -> dict:
    return yaml.safe_load((ROOT / "bot/domain/domain.yml").read_text("utf-8"))


def intents() -> list[str]:
    """Return what people can mean; the minted intents are left out."""
    return [name for name in domain()["intents"] if name not in MINTED]


def topics() -> list[str]:
    """Return the intents of the design, which the chat API reports as topics."""
    return [name for name in intents() if name not in ASIDE]


def answers() -> dict:
    files = (ROOT / "data/answers").glob("*.yml")
    return {key: value for path in files for key, value in yaml.safe_load(path.read_text()).items()}


def test_every_intent_has_an_answer_with_title_and_source() -> None:
    known = answers()
    for intent in topics():
        assert known[intent]["title"], intent
        assert known[intent]["source"] or intent in SOURCELESS, intent


def test_every_intent_has_at_least_30_examples() -> None:
    blocks = [
        block
        for path in (ROOT / "data/nlu").glob("*.yml")
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
    ]
    counts = {block["intent"]: block["examples"].count("\n- ") + 1 for block in blocks}
    assert {
        intent: counts.get(intent, 0) for intent in intents() if counts.get(intent, 0) < 30
    } == {}


def test_every_intent_has_a_scenario() -> None:
    asked = yaml.safe_load((ROOT / "tests/scenarios/questions.yml").read_text("utf-8"))
    assert set(topics()) <= set(asked)


def test_every_error_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    sentences = yaml.safe_load((ROOT / "data/answers/interface/errors.yml").read_text("utf-8"))
    pattern = re.compile(r'^\s+code(?:, status)?(?:: ClassVar\[str\])? = "(\w+)"', re.MULTILINE)
    codes = {code for path in sources("api") for code in pattern.findall(path.read_text("utf-8"))}
    assert codes == set(sentences)
