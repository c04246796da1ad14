"""schemathesis makes requests from both OpenAPI documents; every answer is as documented.

HELPBOT_TEST_CASES says how many requests each document gets at least (`make hostile`: 10,000).
"""

import json
import os
import subprocess
from pathlib import Path

from tests.support.servers import API_PYTHON, ROOT, TOKEN

CASES = int(os.environ.get("HELPBOT_TEST_CASES", "500"))
KNOWN = Path(__file__).with_name("known.py")
EACH_TIME = 40


def attack(url: str, seed: int, folder: Path, **environment: str) -> dict:
    """Return the report of one run; its failures are all printed where there are any."""
    report = folder / f"{seed}.json"
    options = ["--seed", seed, "--max-examples", EACH_TIME, "--phases", "coverage,fuzzing,stateful"]
    options += ["--report", "json", "--report-json-path", report, "--continue-on-failure"]
    options += ["--suppress-health-check", "all", "--request-timeout", 60]
    if token := environment.get("HOSTILE_TOKEN"):
        options += ["-H", f"Authorization: Bearer {token}"]
    names = {"SCHEMATHESIS_HOOKS": str(KNOWN), "HOSTILE_BASE": url, **environment}
    done = subprocess.run(
        [API_PYTHON, "-m", "schemathesis.cli", "--no-color", "run", f"{url}/openapi.json",
         *map(str, options)],
        cwd=ROOT, env={**os.environ, **names}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(report.read_text())


def survives(url: str, folder: Path, **environment: str) -> None:
    sent, seed = 0, 0
    while sent < CASES:
        seed += 1
        report = attack(url, seed, folder, **environment)
        assert report["failures"] == report["errors"] == []
        assert report["operations"]["tested"] == report["operations"]["total"]
        sent += report["test_cases"]["generated"]


def test_the_public_chat_api_answers_everything_as_it_documents(
    gateway: str, tmp_path: Path
) -> None:
    survives(gateway, tmp_path)


def test_the_account_api_answers_everything_as_it_documents(
    accounts_alone: str, tmp_path: Path
) -> None:
    survives(accounts_alone, tmp_path, HOSTILE_TOKEN=TOKEN)
