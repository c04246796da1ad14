"""Check the official links of data/sources.yml.

Without arguments: against the recorded results in data/links.yml, offline; fails when a link
has no record or its last look found it dead. With `--record`: looks at each page and writes the
results down. A page that was never looked at is recorded as `never`.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import yaml

from api.content.catalogue import load_catalogue
from tools.paths import ROOT

RECORDS = ROOT / "data" / "links.yml"
NEVER = "never"
_HEADING = (
    "# What the last look at each official link found (make check-links; --record looks anew).\n"
    "# result: an HTTP status, `unreachable`, or `never` where nobody has looked at it yet.\n"
)
_SECONDS = 15


def official_links() -> dict[str, str]:
    """Return name -> address of every source."""
    return {name: source.url for name, source in load_catalogue().sources.items()}


def problems(links: Mapping[str, str], records: Mapping[str, Any]) -> Iterator[str]:
    """Yield one sentence for each link that has no record or was found dead."""
    for name, url in links.items():
        record = records.get(name) or {}
        if record.get("url") != url:
            yield f"{name}: no recorded result for {url}; run make check-links ARGS=--record"
        elif record["result"] != NEVER and not str(record["result"]).startswith(("2", "3")):
            yield f"{name}: {url} was {record['result']} on {record['checked_on']}"
    for name in set(records) - set(links):
        yield f"{name}: is recorded but no source any more"


async def look(links: Mapping[str, str], today: date) -> dict[str, Any]:
    """Return a fresh record of every link."""
    async with httpx.AsyncClient(timeout=_SECONDS, follow_redirects=True) as http:
        results = [await _result(http, url) for url in links.values()]
    return {
        name: {"url": url, "result": result, "checked_on": today.isoformat()}
        for (name, url), result in zip(links.items(), results, strict=True)
    }


async def _result(http: httpx.AsyncClient, url: str) -> int | str:
    try:
        return (await http.get(url)).status_code
    except httpx.HTTPError:
        return "unreachable"


def read(path: Path = RECORDS) -> dict[str, Any]:
    """Return the recorded results."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


def write(records: Mapping[str, Any], path: Path = RECORDS) -> None:
    """Write the results down."""
    content = yaml.safe_dump(dict(records), allow_unicode=True, sort_keys=True)
    path.write_text(_HEADING + content, encoding="utf-8")


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--record", action="store_true", help="look at the pages (needs a network)")
    links = official_links()
    if parser.parse_args().record:
        write(asyncio.run(look(links, date.today())))
    wrong = list(problems(links, read()))
    unseen = [name for name, record in read().items() if record["result"] == NEVER]
    print("\n".join(wrong) or f"{len(links)} official links, none known to be dead.")
    print(f"{len(unseen)} were never looked at live: {', '.join(unseen)}" if unseen else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
