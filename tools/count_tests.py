"""Write tests/collected.json: how many tests each run has to find."""

import json
import re
import subprocess

from tools.paths import API_PYTHON, BOT_PYTHON, ROOT

RUNS = {
    "bot": (BOT_PYTHON, ["tests/bot", "tests/actions"]),
    "api": (API_PYTHON, ["tests/api", "tests/house", "tests/tools"]),
    "contract": (API_PYTHON, ["tests/contract"]),
    "scenarios": (API_PYTHON, ["tests/scenarios"]),
    "browser": (API_PYTHON, ["tests/browser"]),
}


def count(name: str) -> int:
    """Return how many tests a run collects; raises CalledProcessError when it cannot."""
    python, folders = RUNS[name]
    command = [str(python), "-m", "pytest", "--collect-only", *folders]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = re.findall(r"^(\d+) tests? collected|::", done.stdout, re.MULTILINE)
    totals = [int(number) for number in found if number]
    return totals[0] if totals else len(found)


if __name__ == "__main__":
    counts = {name: count(name) for name in RUNS}
    (ROOT / "tests" / "collected.json").write_text(json.dumps(counts, indent=2) + "\n")
    print(counts)
