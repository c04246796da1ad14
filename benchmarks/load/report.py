"""benchmarks/load.json, and benchmarks/load.md made of it."""

import json
from typing import Any

from benchmarks import figures
from benchmarks.load.bars import judged

JSON, MARKDOWN = figures.ROOT / "benchmarks" / "load.json", figures.ROOT / "benchmarks" / "load.md"
_HEAD = """# Load: 200 conversations, a burst, a flood, 500 listeners

Made by `make load` (whole, about 40 minutes) or `make load ARGS='--only burst'` (one load; the
others stay). The bot as `make up` runs it, SQLite; LINE and Slack are local fakes; who drives it
shares the machine. Seven people of ten are on the website, two on LINE, one in Slack.

- errors: no 2xx. refused: asked to slow down (429). lost: accepted, but in no table. silent: no
  outcome, or an answer that nobody got. duplicated: taken twice by a platform.
- On LINE and in Slack an answer waits 1.5 s for a message that was sent before it
  (`HELPBOT_SETTLE_SECONDS`); that is in its time here.
- drained: seconds after the last message until all was answered and delivered.
- growth: memory in the last fifth of the time over that in the third fifth.

"""
_COLUMNS = (
    "rate",
    "said",
    "errors",
    "refused",
    "lost",
    "silent",
    "duplicated",
    "apologised",
    "pushed",
    "drained_s",
)


def write(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Put `rows` in place of those of the same name, write both files, return all rows."""
    known = json.loads(JSON.read_text("utf-8")) if JSON.exists() else {}
    for name, row in rows.items():
        marks = {"at": figures.today(), "commit": figures.commit(), "machine": figures.machine()}
        known[name] = {**row, **marks}
    JSON.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", "utf-8")
    MARKDOWN.write_text(_HEAD + _table(known) + _promises(known) + _details(known), "utf-8")
    return known


def _lines(titles: list[str], rows: list[list[Any]]) -> str:
    cells = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(str(each) for each in line)} |\n" for line in cells) + "\n"


def _table(rows: dict[str, dict[str, Any]]) -> str:
    titles = [
        "load",
        *(name.replace("_", " ") for name in _COLUMNS),
        "website p50 / p95 ms",
        "platforms p50 / p95 ms",
        "ack p95 ms",
        "when",
        "commit",
    ]
    return _lines(
        titles,
        [
            [
                name,
                *(row[column] for column in _COLUMNS),
                _pair(row["web_ms"]),
                _pair(row["platform_ms"]),
                row["ack_ms"]["p95"],
                row["at"],
                row["commit"],
            ]
            for name, row in rows.items()
        ],
    )


def _pair(times: dict[str, float]) -> str:
    return f"{times['p50']} / {times['p95']}"


def _promises(rows: dict[str, dict[str, Any]]) -> str:
    lines = [
        [bar.load, bar.words, f"{figure:g}", "met" if kept else "**not met**"]
        for bar, figure, kept in judged(rows)
    ]
    return "## Promises\n\n" + _lines(["load", "promise", "measured", ""], lines)


def _details(rows: dict[str, dict[str, Any]]) -> str:
    row = rows.get("steady")
    if row is None:
        return ""
    parts = [[part, size, f"{row['rss_growth'][part]:.2%}"] for part, size in row["rss_mb"].items()]
    machine = row["machine"]
    handles, connections = (
        f"{row[name][0]} to {row[name][1]}" for name in ("handles", "connections")
    )
    return (
        "## Memory at the end of the steady load\n\n"
        + _lines(["process", "MB", "growth"], parts)
        + f"Handles {handles}, connections {connections}, processor {row['cpu_seconds']} s.\n\n"
        + f"{machine['cores']} cores, {machine['processor']}, {machine['memory_gb']} GB.\n"
    )
