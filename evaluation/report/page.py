"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_SHOWN_CONFUSIONS, _SHOWN_EXAMPLES = 25, 40

_HEAD = """# How well the bot understands

Made by `make evaluate` ({date}, commit {commit}, {machine}); the same figures are in `report.json`.
{messages} held-out messages, {others} of them about other matters, by {authors} authors who had
seen neither training data nor code; {examples} training examples. Nothing was tuned on these
messages. A guess is right when the likeliest intent is the message's topic or counts as it too.
Not measured in this run: {missing}."""

_COLUMNS = """- `accuracy`, `macro_f1`: the likeliest intent on the held-out messages
- `asked_back`, `answered_wrongly`, `declined_ours`: what happens to questions about the service,
  each pipeline with its own fallback; `false_answers`: to questions about anything else
- `cv_`: 5-fold cross-validation on the training examples; `parse_milliseconds` (mean) and
  `training_seconds`: wall clock, on a machine that may have done other work beside"""

_STOCK = """All four learned from the same {short} training examples of at most {longest}
letters: DIET pads each batch to its longest sentence, and one epoch over all {examples} takes it
three minutes of a core, a whole training of 100 epochs five hours. DIET has 30
epochs here. The configurations are
`config.yml` and `evaluation/stock/`."""

_REJECTION = """`score`: probability of the likeliest intent about the service. `stock`: of the
likeliest intent, which is what Rasa's FallbackClassifier looks at. `rejected_at_95`: others turned
away by the threshold that lets 95 % of ours through. Ours at each threshold on `score`:"""

_FIGURES = (
    "pipeline", "accuracy", "macro_f1", "asked_back", "answered_wrongly", "declined_ours",
    "false_answers", "training_seconds", "parse_milliseconds",
)  # fmt: skip


def render(report: Mapping[str, Any]) -> str:
    """Return the page for `report` (see `evaluation.report.build`)."""
    about = report["about"]
    parts = [
        _HEAD.format_map(about),
        "## The classifier as it is used",
        table([*_FIGURES, "cv_accuracy", "cv_macro_f1"], [report["ours"]]),
        _COLUMNS,
        "## Beside stock pipelines",
        table(_FIGURES, report["pipelines"]),
        _STOCK.format_map(about),
        "## Telling ours from others'",
        table(["pipeline", "score", "auroc", "rejected_at_95"], report["rejection"]),
        _REJECTION,
        table(["threshold", "ours_turned_away", "others_let_through"], report["curve"]),
        "## The whole bot, through the chat API",
        table(list(report["chat_api"]), [report["chat_api"]]),
        "## By style",
        table(["style", "accuracy", "messages"], report["by_style"]),
        "## By intent, the weakest first",
        table(["intent", "precision", "recall", "f1", "messages"], report["by_intent"]),
        "## What is taken for what\n\n![confusions](confusions.png)",
        table(["topic", "heard", "times"], report["confusions"][:_SHOWN_CONFUSIONS]),
        "## MASSIVE ja-JP",
        table(["model", "accuracy", "macro_f1", "training_seconds", "source"], report["massive"]),
        "## Still misheard",
        table(["message", "topic", "heard"], report["misheard"][:_SHOWN_EXAMPLES]),
    ]
    return "\n\n".join(parts) + "\n"


def table(columns: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> str:
    """Return a Markdown table."""
    rows = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    rows += [f"| {' | '.join(_cell(line[column]) for column in columns)} |" for line in lines]
    return "\n".join(rows)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
