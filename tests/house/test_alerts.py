"""The alert rules: right by promtool, fed by what /metrics really shows, each with its runbook."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from api.kit.clock import utc_now
from api.kit.database import Database
from api.ops.meter import Meter
from api.ops.metrics import Metrics

ROOT = Path(__file__).parents[2]
OPS = ROOT / "ops"
RUNBOOK = (ROOT / "docs/runbook.md").read_text("utf-8")
SECTION = re.compile(r"^### (\w+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
RULES = [
    rule
    for group in yaml.safe_load((OPS / "alerts.yml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
NAMES = [rule["alert"] for rule in RULES]
CASES = [
    case
    for test in yaml.safe_load((OPS / "alerts_test.yml").read_text("utf-8"))["tests"]
    for case in test["alert_rule_test"]
]


def promtool(*arguments: str) -> None:
    if shutil.which("promtool") is None:
        pytest.fail("promtool was not found: apt-get install --no-install-recommends prometheus")
    command = [str(shutil.which("promtool")), *arguments]
    done = subprocess.run(command, cwd=OPS, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_finds_nothing_wrong_with_the_rules() -> None:
    promtool("check", "rules", "--lint-fatal", "alerts.yml")


def test_the_rules_fire_and_keep_still_as_their_cases_say() -> None:
    promtool("test", "rules", "alerts_test.yml")


def test_promtool_takes_the_example_of_a_configuration() -> None:
    promtool("check", "config", "prometheus.yml")


@pytest.mark.parametrize("name", NAMES)
def test_each_alert_has_a_case_in_which_it_fires(name: str) -> None:
    assert any(case["alertname"] == name and case.get("exp_alerts") for case in CASES)


@pytest.mark.parametrize("name", NAMES)
def test_each_alert_has_a_case_in_which_it_keeps_still(name: str) -> None:
    assert any(case["alertname"] == name and not case.get("exp_alerts") for case in CASES)


def offered() -> set[str]:
    """Return the names of all series that /metrics can show."""
    meter = Meter()
    Metrics(meter, Database("sqlite+aiosqlite://"), utc_now, ())
    names = {"up"}  # Prometheus' own, for each target
    for family in meter.registry.collect():
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        names |= {family.name + ending for ending in endings.get(family.type, [""])}
    return names


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_each_alert_reads_figures_that_there_are(rule: dict) -> None:
    asked = set(re.findall(r"\b(?:helpbot|process)_\w+|\bup\b", rule["expr"]))
    assert asked
    assert asked <= offered()


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_each_alert_leads_to_its_section_of_the_runbook(rule: dict) -> None:
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
    section = dict(SECTION.findall(RUNBOOK)).get(rule["alert"], "")
    for part in ("**Means.**", "**Do.**", "**Tried.**"):
        assert part in section, part


def test_no_section_of_the_runbook_is_about_an_alert_that_is_gone() -> None:
    alerts = {name for name, _ in SECTION.findall(RUNBOOK) if name.startswith("Helpbot")}
    assert alerts == set(NAMES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_each_alert_says_whether_it_may_wake_somebody(rule: dict) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
