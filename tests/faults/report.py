"""benchmarks/faults.json, and benchmarks/faults.md made of it."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from typing import Any

from tests.support.servers import ROOT

JSON, MARKDOWN = ROOT / "benchmarks" / "faults.json", ROOT / "benchmarks" / "faults.md"
COLUMNS = (
    "trials", "accepted", "lost", "silent", "duplicated", "out_of_order", "answered", "apologised",
    "pushed", "doubtful", "settled_seconds", "ack_p95", "slowest_ack",
)  # fmt: skip
_HEAD = """# Nothing is lost: faults at random moments under load

Made by `make faults` (whole) or `make faults ARGS='--only "NAME"'` (one row; the others stay).
The real stack: two gateways, a worker, Rasa, action server, account API, SQLite; LINE and Slack
are the local fakes, and on the website each person keeps an event stream open as the page does.
{rate} messages a second, half of them on LINE, a quarter in Slack, a quarter on the website; each
fault strikes at random moments. A message counts as accepted when a gateway answered 2xx; others
are sent again, as LINE, Slack and the page do.

- lost: accepted, but in no table. silent: no outcome, or an answer that no platform took and no
  event stream brought.
- duplicated: taken twice by a platform, or shown twice. out of order: taken or shown before
  the answer to something that was sent earlier and arrived less than 1.5 s later
  (`HELPBOT_SETTLE_SECONDS`).
- doubtful: what the gateway itself counts as perhaps seen twice. apologised: told so, with a
  受付番号.
- settled: seconds from the last fault until everything had its outcome (limit 120); where a fault
  lasts 30 s and longer, the longest after any of its strikes, at once under further messages. ack:
  seconds until a 2xx, the 95th percentile and the slowest.

"disk full" is a file size limit that the kernel enforces on gateways and worker; "database gone" is
an exclusive lock held by somebody else; "clock" is the gateways' clock, set wrong while they run.

"""


def write(rows: dict[str, dict[str, Any]], rate: float) -> None:
    """Put `rows` in place of those of the same name and write both files."""
    JSON.parent.mkdir(exist_ok=True)
    known = json.loads(JSON.read_text("utf-8")) if JSON.exists() else {}
    for name, row in rows.items():
        known[name] = {**row, "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}Z", "commit": _commit()}
    JSON.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", "utf-8")
    MARKDOWN.write_text(_HEAD.format(rate=rate) + _table(known) + _machine(), "utf-8")


def _table(rows: dict[str, dict[str, Any]]) -> str:
    titles = ["fault", *(name.replace("_", " ") for name in COLUMNS), "when", "commit"]
    lines = [" | ".join(titles), " | ".join("---" for _ in titles)]
    for name, row in rows.items():
        cells = [name, *(str(row.get(column, "")) for column in COLUMNS), row["at"], row["commit"]]
        lines.append(" | ".join(cells))
    totals = {column: sum(row[column] for row in rows.values()) for column in COLUMNS[:10]}
    lines.append(
        " | ".join(["**all**", *(str(each) for each in totals.values()), "", "", "", "", ""])
    )
    return "".join(f"| {line} |\n" for line in lines) + _sentence(totals)


def _sentence(totals: dict[str, int]) -> str:
    share = totals["duplicated"] / max(1, totals["accepted"])
    return (
        f"\n{totals['accepted']} accepted: lost {totals['lost']}, silent {totals['silent']}, "
        f"duplicated {totals['duplicated']} ({share:.3%}), out of order {totals['out_of_order']}.\n"
    )


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()


def _machine() -> str:
    return f"\n{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.\n"
