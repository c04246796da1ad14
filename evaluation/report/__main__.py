"""Write report.md, report.json and confusions.png from what the other commands left in var/.

    .venv-bot/bin/python -m evaluation.report

`make evaluate` calls the commands in their order. Nothing is measured here.
"""

from __future__ import annotations

import json

from evaluation.corpus import ROOT
from evaluation.report.build import build
from evaluation.report.page import render
from evaluation.report.picture import draw

_TARGET = ROOT / "evaluation"


def main() -> None:
    """Write the three files."""
    report = build(ROOT / "var" / "evaluation")
    (_TARGET / "report.md").write_text(render(report), encoding="utf-8")
    content = json.dumps(report, ensure_ascii=False, indent=1)
    (_TARGET / "report.json").write_text(content + "\n", encoding="utf-8")
    topics = sorted(each["intent"] for each in report["by_intent"])
    draw(topics, report["confusions"], _TARGET / "confusions.png")


if __name__ == "__main__":
    main()
