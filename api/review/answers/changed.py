"""What the console has changed, as the files under data/ should have it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from api.content.catalogue import DATA, Answer, Catalogue
from api.content.schemas import Source

Entries = dict[str, dict[str, Any]]


def changed_entries(
    now: Catalogue, answers: Mapping[str, Answer], sources: Mapping[str, Source]
) -> str:
    """Return whole entries, under the name of their file; empty where nothing was changed.

    `answers` and `sources` are as they were read. The day of a look at an official page stands
    with the page, in sources.yml, for all answers that rest on it.
    """
    parts = [_part(path, entries) for path, entries in _files(now, answers, sources) if entries]
    return "\n".join(parts)


def _files(
    now: Catalogue, answers: Mapping[str, Answer], sources: Mapping[str, Source]
) -> Iterator[tuple[Path, Entries]]:
    for path in sorted((DATA / "answers").glob("*.yml")):
        yield (
            path,
            {
                name: {**raw, **_words(now[name])}
                for name, raw in _read(path).items()
                if now[name].version != answers[name].version
            },
        )
    path = DATA / "sources.yml"
    yield (
        path,
        {
            name: {**raw, "verified_live_on": now.sources[name].verified_live_on}
            for name, raw in _read(path).items()
            if now.sources[name] != sources[name]
        },
    )


def _read(path: Path) -> Entries:
    entries: Entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return entries


def _words(answer: Answer) -> dict[str, Any]:
    entry = answer.entry
    return {"text": entry.text, "details": entry.details, "easy": entry.easy.model_dump()}


def _part(path: Path, entries: Entries) -> str:
    body = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)
    return f"# data/{path.relative_to(DATA)}\n{body}"
