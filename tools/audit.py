"""Compare the pinned packages with the known advisories; fail for what nobody has accepted.

    python -m tools.audit [--needs-advisories]

Reads requirements/*.txt with pip-audit, which asks the Python Packaging Advisory Database, and
requirements/accepted-risks.yml. Where the advisories cannot be reached, as on a machine with a
mirror only, it says so aloud and checks what it can: that no review is overdue.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from tools.failure import give_up

ROOT = Path(__file__).parents[1]
PINNED = ("api", "bot")
ACCEPTED = ROOT / "requirements" / "accepted-risks.yml"


@dataclass(frozen=True)
class Risk:
    """An advisory that somebody has looked at: `why` it does no harm here, `review` until when."""

    id: str
    package: str
    why: str
    review: date


def read_accepted(path: Path = ACCEPTED) -> list[Risk]:
    """Return the accepted risks; raises TypeError where a field is missing or unknown."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return [Risk(**each) for each in raw["accepted"]]


def found_in(report: Mapping[str, Any]) -> Iterator[tuple[str, str, set[str]]]:
    """Yield package, version and all names of each advisory in pip-audit's report."""
    for package in report["dependencies"]:
        for each in package.get("vulns", ()):
            version = f"{package['name']} {package['version']}"
            yield package["name"], version, {each["id"], *each["aliases"]}


def unseen(reports: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the packages that pip-audit could not ask about."""
    return [
        each["name"]
        for report in reports
        for each in report["dependencies"]
        if each.get("skip_reason")
    ]


def complaints(reports: Sequence[Mapping[str, Any]], accepted: Sequence[Risk]) -> list[str]:
    """Return a sentence for each advisory that is not accepted, and for each that is gone."""
    listed = {(each.package, each.id) for each in accepted}
    said, met = [], set()
    for report in reports:
        for package, version, names in found_in(report):
            known = listed & {(package, name) for name in names}
            met |= known
            if not known:
                said.append(f"{version}: {', '.join(sorted(names))} is not accepted")
    said += [
        f"{package}: {name} is accepted, but no longer there" for package, name in listed - met
    ]
    return sorted(set(said))


def overdue(accepted: Sequence[Risk], today: date) -> list[str]:
    """Return a sentence for each risk that nobody has looked at again in time."""
    return [
        f"{each.package}: {each.id} had to be looked at again by {each.review}"
        for each in accepted
        if each.review < today
    ]


def _report(name: str) -> dict[str, Any]:
    """Ask for one environment; gives up when the advisories cannot be had."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", f"requirements/{name}.txt",
        "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        give_up(f"pip-audit could not ask for advisories: {done.stderr.strip()[-300:]}")
    return report


def main() -> int:
    """Print each complaint; return 1 when there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--needs-advisories", action="store_true", help="fail without them")
    needed = parser.parse_args().needs_advisories
    accepted = read_accepted()
    said = overdue(accepted, datetime.now(UTC).date())
    reports = [_report(name) for name in PINNED]
    if blind := unseen(reports):
        print(f"NOT ASKED: the advisories of {len(blind)} packages cannot be reached from here.")
    else:
        said += complaints(reports, accepted)
    print("\n".join(said) or f"{len(accepted)} accepted risks, none overdue.")
    return 1 if said or (blind and needed) else 0


if __name__ == "__main__":
    sys.exit(main())
