"""benchmarks/report.json, and benchmarks/report.md made of it."""

import json
import subprocess
from typing import Any

from benchmarks import figures
from benchmarks.speed.bars import Figures, judged
from tests.support.servers import API_PYTHON, BOT_PYTHON, ROOT

JSON, MARKDOWN = ROOT / "benchmarks" / "report.json", ROOT / "benchmarks" / "report.md"
SYSTEMS = ("ours", "bare_rasa", "stock")
_WORDS = ROOT / "benchmarks" / "speed" / "report_head.md"
# Where each headline of report.json stands among the figures.
_HEADLINES = {
    "throughput": ("short", "8", "throughput"),
    "p50": ("short", "1", "p50"),
    "p95": ("short", "1", "p95"),
    "rss": ("memory", "after_mb", "all"),
    "cold_start": ("start", "ready"),
    "train_seconds": ("train", "train_seconds"),
    "model_mb": ("train", "model_mb"),
}


def headlines(measured: Figures, system: str) -> dict[str, Any]:
    """Return the seven headlines of a system; None for what was not measured."""
    return {name: _dig(measured, (path[0], system, *path[1:])) for name, path in _HEADLINES.items()}


def _dig(found: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def write(measured: Figures, marks: dict[str, Any]) -> None:
    """Write both files from the figures of all phases; `marks` are when and how they were taken."""
    content: dict[str, Any] = {
        **{name: {**headlines(measured, name), "details": _of(measured, name)} for name in SYSTEMS},
        "machine": figures.machine(),
        "versions": versions(),
        "commit": figures.commit(),
        "bars": [
            {"promise": words, "measured": value, "met": kept}
            for words, value, kept in judged(measured)
        ],
        "phases": marks,
    }
    JSON.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    MARKDOWN.write_text(page(content), "utf-8")


def _of(measured: Figures, system: str) -> dict[str, Any]:
    return {phase: by[system] for phase, by in measured.items() if system in by}


def versions() -> dict[str, str]:
    """Return the versions of what decides the speed."""
    script = (
        "import importlib.metadata as m, platform, sys;"
        "print('python', platform.python_version());"
        "[print(n, m.version(n)) for n in sys.argv[1:]]"
    )
    asked = ((API_PYTHON, ("fastapi", "sqlalchemy", "uvicorn")), (BOT_PYTHON, ("rasa", "rasa-sdk")))
    found: dict[str, str] = {}
    for python, names in asked:
        out = subprocess.run([python, "-c", script, *names], capture_output=True, text=True)
        for name, at in (line.split() for line in out.stdout.splitlines()):
            found[f"{name} ({names[0]})" if name == "python" else name] = at
    return found


def table(titles: list[str], rows: list[list[Any]]) -> str:
    """Return a table in Markdown."""
    cells = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in cells) + "\n"


def _cell(value: Any) -> str:
    return "not measured" if value is None else str(value)


def page(content: dict[str, Any]) -> str:
    """Return the report as a page."""
    machine = content["machine"]
    marks = [[name, *each.values()] for name, each in content["phases"].items()]
    return (
        _WORDS.read_text("utf-8")
        + _promises(content)
        + _headlines(content)
        + _by_clients(content, "short", "Short conversations, five messages each")
        + _by_clients(content, "long", "Conversations of 100 turns")
        + _others(content)
        + "## How it was taken\n\n"
        + table(["phase", "when", "commit", "mode", "load before"], marks)
        + f"{machine['cores']} cores, {machine['processor']}, {machine['memory_gb']} GB, "
        + f"{machine['system']}; "
        + ", ".join(f"{name} {at}" for name, at in content["versions"].items())
        + ".\n"
    )


def _promises(content: dict[str, Any]) -> str:
    rows = [
        [b["promise"], b["measured"], "met" if b["met"] else "**not met**"] for b in content["bars"]
    ]
    return "## Promises\n\n" + table(["promise", "measured", ""], rows)


def _headlines(content: dict[str, Any]) -> str:
    titles = [
        "",
        "messages/s, 8 clients",
        "p50 ms, 1 client",
        "p95 ms, 1 client",
        "MB after all",
        "s to ready",
        "s to train",
        "model MB",
    ]
    rows = [[name, *(content[name][key] for key in _HEADLINES)] for name in SYSTEMS]
    return "## At a glance\n\n" + table(titles, rows)


def _by_clients(content: dict[str, Any], phase: str, title: str) -> str:
    rows = [
        [
            name,
            clients,
            figures["throughput"],
            figures["p50"],
            figures["p95"],
            figures["cpu_per_1000"],
        ]
        for name in SYSTEMS
        for clients, figures in sorted(
            content[name]["details"].get(phase, {}).items(), key=lambda each: int(each[0])
        )
    ]
    titles = ["", "clients", "messages/s", "p50 ms", "p95 ms", "processor s / 1,000"]
    return f"## {title}\n\n" + table(titles, rows)


def _others(content: dict[str, Any]) -> str:
    found = ""
    for phase, title in (
        ("start", "Seconds after the start"),
        ("turns", "A late turn, ms"),
        ("idle", "Share of a core while nobody writes"),
        ("acks", "Webhooks"),
    ):
        by = {
            name: content[name]["details"][phase]
            for name in SYSTEMS
            if phase in content[name]["details"]
        }
        if by:
            keys = list(dict.fromkeys(key for each in by.values() for key in each))
            found += f"## {title}\n\n" + table(
                ["", *keys],
                [[name, *(each.get(key, "") for key in keys)] for name, each in by.items()],
            )
    return found + _memory(content)


def _memory(content: dict[str, Any]) -> str:
    rows = [
        [name, part, figures["idle_mb"][part], size, f"{figures['growth_second_half'][part]:.2%}"]
        for name in SYSTEMS
        if (figures := content[name]["details"].get("memory"))
        for part, size in figures["after_mb"].items()
    ]
    titles = ["", "process", "MB idle", "MB after all", "growth in the second half"]
    return "## Memory\n\n" + table(titles, rows) if rows else ""
