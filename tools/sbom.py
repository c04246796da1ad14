"""What the bot is made of: `sbom` writes CycloneDX into var/sbom/, `licences` docs/licences.md.

Both read the environments as they are installed; what is there for tests only is left out.
`check` fails where docs/licences.md no longer follows or a licence is not allowed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from tools.failure import give_up
from tools.paths import API_PYTHON, BOT_PYTHON, ROOT, VAR

_PYTHONS = {"api": API_PYTHON, "bot": BOT_PYTHON}
_TARGET = ROOT / "docs" / "licences.md"
_RULES = ROOT / "requirements" / "licences.yml"
_NPM = ROOT / "api" / "widget" / "package-lock.json"
_PINNED = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)
_SPLIT = re.compile(r"\s+(?:AND|OR|and|or)\s+|[()]|;|/")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def document(name: str) -> dict[str, Any]:
    """Return the CycloneDX document of an environment, with what runs only; read once."""
    command = [API_PYTHON, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    done = subprocess.run(
        [*map(str, command), str(_PYTHONS[name])], cwd=ROOT, check=True, capture_output=True
    )
    whole: dict[str, Any] = json.loads(done.stdout)
    pinned = _PINNED.findall((ROOT / "requirements" / f"{name}.txt").read_text())
    wanted = {_plain(each) for each in pinned}
    whole["components"] = [each for each in whole["components"] if _plain(each["name"]) in wanted]
    kept = {each["bom-ref"] for each in whole["components"]}
    whole["dependencies"] = [each for each in whole["dependencies"] if each["ref"] in kept]
    return whole


def licences_of(component: dict[str, Any]) -> str:
    """Return the licences that a component declares, the most exact form first."""
    found = component.get("licenses", [])
    exact = [each["expression"] for each in found if "expression" in each]
    named = [each.get("license", {}) for each in found]
    exact += [each["id"] for each in named if "id" in each]
    loose = [each["name"] for each in named if "name" in each]
    words = exact or loose
    # Some packages put the whole text where the name belongs.
    return ", ".join(sorted({each.split("\n")[0][:80].strip() for each in words}))


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, version, licence and environment of everything that runs."""
    stated = _rules()["stated"]
    for place in _PYTHONS:
        for each in sorted(document(place)["components"], key=lambda each: _plain(each["name"])):
            name = _plain(each["name"])
            yield name, each["version"], stated.get(name) or licences_of(each) or "unknown", place
    for path, each in json.loads(_NPM.read_text("utf-8"))["packages"].items():
        if path and not each.get("dev"):
            name = path.removeprefix("node_modules/")
            yield name, each["version"], each.get("license", "unknown"), "widget"


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load(_RULES.read_text("utf-8"))
    return rules


def forbidden(licence: str, rules: dict[str, Any]) -> bool:
    """Say whether no word of the licence is one that is allowed."""
    parts = [part.strip() for part in re.split(r",", licence) if part.strip()]
    known = re.compile("|".join(rules["allowed"]), re.IGNORECASE)
    never = re.compile("|".join(rules["never"]), re.IGNORECASE)
    return any(
        never.search(part) or not any(known.search(each) for each in _SPLIT.split(part) if each)
        for part in parts
    )


def _page() -> str:
    lines = ["# Licences of what runs", ""]
    lines += ["Written by `make licences` from the installed environments; `make check-licences`"]
    lines += [
        "fails when it does not follow or a licence is not in requirements/licences.yml.",
        "",
    ]
    lines += ["| package | version | licence | where |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(each).replace('||', '')} |" for each in rows()]
    return "\n".join(lines) + "\n"


def write_sbom() -> None:
    """Write one CycloneDX file an environment."""
    folder = VAR / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PYTHONS:
        target = folder / f"{name}.cdx.json"
        target.write_text(json.dumps(document(name), indent=1) + "\n", encoding="utf-8")
        print(f"{target}: {len(json.loads(target.read_text())['components'])} components")


def write_licences() -> None:
    """Write docs/licences.md."""
    _TARGET.write_text(_page(), encoding="utf-8")


def check() -> None:
    """Give up on a licence that is not allowed and on a page that is out of date."""
    rules = _rules()
    wrong = [f"{row[0]}: {row[2]}" for row in rows() if forbidden(row[2], rules)]
    if wrong:
        give_up("Not allowed by requirements/licences.yml: " + "; ".join(wrong))
    if _TARGET.read_text("utf-8") != _page():
        give_up("docs/licences.md is out of date: run make licences.")
    print("docs/licences.md follows, and every licence is allowed.")


if __name__ == "__main__":
    {"sbom": write_sbom, "licences": write_licences, "check": check}[sys.argv[1]]()
