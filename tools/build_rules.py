"""Write var/rules/questions.yml: what each intent does while a form's questions are open.

Every rule of one intent and one action gets a second form for that time, after the lists in
data/questions.yml. By hand these would be fifty rules that differ in a name.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.paths import ROOT, RULES

Rule = dict[str, Any]
_ASK_AGAIN, _LEAVE = "action_ask_again", "action_leave_questions"


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _plain_rules(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield intent and action of each rule that begins with that and says one thing."""
    for path in sorted(folder.glob("*.yml")):
        for rule in _load(path)["rules"]:
            first, *rest = rule["steps"]
            if "intent" in first and "action" in rest[0]:
                yield first["intent"], rest[0]["action"]


def _steps(intent: str, action: str, questions: dict[str, Any]) -> list[dict[str, Any]]:
    form, begin = questions["form"], {"intent": intent}
    if intent in (*questions["resume"], *questions["ask_again"]):
        first = _ASK_AGAIN if intent in questions["ask_again"] else action
        return [begin, {"action": first}, {"action": form}, {"active_loop": form}]
    return [begin, {"action": _LEAVE}, {"active_loop": None}, {"action": action}]


def build(root: Path = ROOT) -> dict[str, Any]:
    """Return the rules for the time a form is open."""
    questions = _load(root / "data" / "questions.yml")
    rules: list[Rule] = [
        {
            "rule": f"{intent} while {questions['form']} is open",
            "condition": [{"active_loop": questions["form"]}],
            "steps": _steps(intent, action, questions),
        }
        for intent, action in _plain_rules(root / "data" / "rules")
        if intent not in questions["own"]
    ]
    return {"version": "3.1", "rules": rules}


def main() -> None:
    """Write the rules file."""
    RULES.parent.mkdir(parents=True, exist_ok=True)
    RULES.write_text(yaml.safe_dump(build(), allow_unicode=True, sort_keys=False), "utf-8")


if __name__ == "__main__":
    main()
