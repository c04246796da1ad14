"""Load the catalogue and refuse one that contradicts itself."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from api.content.links import is_allowed, load_link_hosts
from api.content.schemas import DETAIL_LIMIT, TEXT_LIMIT, Entry, Source

DATA = Path(__file__).parents[2] / "data"


# More buttons than a few are no help: what is left over comes with "something else". A list that
# is meant as one (the menu) may be longer.
FEW_CHOICES, MOST_CHOICES, MOST_SITUATIONS = 6, 9, 3
SOMETHING_ELSE = "more_options"


class CatalogueError(Exception):
    """An entry is wrong; the message names file, entry and reason."""


@dataclass(frozen=True)
class Answer:
    """An entry with its id and the version of its words."""

    id: str
    version: str
    entry: Entry


@dataclass(frozen=True)
class Catalogue:
    """All answers, the pages they rest on, and the facts they share."""

    answers: Mapping[str, Answer]
    sources: Mapping[str, Source]
    facts: Mapping[str, str]

    def __getitem__(self, answer_id: str) -> Answer:
        return self.answers[answer_id]

    def situations(self, answer_id: str) -> tuple[str, ...]:
        """Return the answers to the situations of a topic, in the order of the files."""
        return self._situations.get(answer_id, ())

    @cached_property
    def _situations(self) -> Mapping[str, tuple[str, ...]]:
        """Which ids there are is settled at the start; only their words change."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.answers:
            parts = each.split("__")
            for topic in ("__".join(parts[:count]) for count in range(1, len(parts))):
                found[topic] = (*found.get(topic, ()), each)
        return found

    def all_choices(self, answer_id: str) -> tuple[str, ...]:
        """Return the situations of a topic, then what else it lists."""
        listed = self.answers[answer_id].entry.choices
        return (*(each for each in self.situations(answer_id) if each not in listed), *listed)

    def choices(self, answer_id: str) -> tuple[str, ...]:
        """Return the few answers to offer under one: the first situations, then what it lists.

        An entry that lists a situation of its own has chosen among them: its list is offered.
        """
        listed, situations = self.answers[answer_id].entry.choices, self.situations(answer_id)
        if not situations or {*listed} & {*situations}:
            return tuple(listed[:MOST_CHOICES])
        offered = (*situations, *listed)
        if len(offered) <= FEW_CHOICES:
            return offered
        first = situations[:MOST_SITUATIONS]
        return (*first, *listed[: FEW_CHOICES - 1 - len(first)], SOMETHING_ELSE)


def load_catalogue(data: Path = DATA) -> Catalogue:
    """Read `data/answers/*.yml`, `data/sources.yml` and `data/facts.yml`.

    Raises CatalogueError for what breaks the schema or names what is not there.
    """
    sources = {key: Source(**value) for key, value in _read(data / "sources.yml").items()}
    answers = {answer.id: answer for answer in _answers(data / "answers")}
    catalogue = Catalogue(answers, sources, _read(data / "facts.yml"))
    problems = list(_problems(catalogue))
    if problems:
        raise CatalogueError("; ".join(problems))
    return catalogue


def _read(path: Path) -> dict[str, Any]:
    # The same as safe_load, by libyaml: ten times as fast on 250 answers.
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(content, dict):
        raise CatalogueError(f"{path.name}: not a mapping")
    return content


def _answers(folder: Path) -> Iterator[Answer]:
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        for answer_id, raw in _read(path).items():
            if answer_id in seen:
                raise CatalogueError(f"{answer_id} stands in {seen[answer_id]} and {path.name}")
            seen[answer_id] = path.name
            yield _answer(path, answer_id, raw)


def _answer(path: Path, answer_id: str, raw: dict[str, Any]) -> Answer:
    try:
        entry = Entry(**raw)
    except (ValidationError, TypeError) as error:
        raise CatalogueError(f"{path.name}: {answer_id}: {error}") from error
    canonical = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    return Answer(answer_id, hashlib.sha256(canonical.encode()).hexdigest()[:12], entry)


def _problems(catalogue: Catalogue) -> Iterator[str]:
    yield from _foreign_hosts(catalogue)
    for answer in catalogue.answers.values():
        entry = answer.entry
        if bool(entry.text) == bool(entry.variants):
            yield f"{answer.id}: needs either a text or variants"
        for source in (*filter(None, [entry.source]), *entry.links):
            if source not in catalogue.sources:
                yield f"{answer.id}: no source {source!r} in sources.yml"
        yield from _dead_ends(catalogue, answer)
        if len(with_facts(catalogue, entry.text)) > TEXT_LIMIT:
            yield f"{answer.id}: with its facts filled in, the text is over {TEXT_LIMIT} characters"
        if any(len(detail) > DETAIL_LIMIT for detail in entry.details):
            yield f"{answer.id}: a detail is longer than {DETAIL_LIMIT} characters"


def _foreign_hosts(catalogue: Catalogue) -> Iterator[str]:
    hosts = load_link_hosts()
    for name, source in catalogue.sources.items():
        if not is_allowed(source.url, hosts):
            yield f"sources.yml: {name} leads to a host that data/link_hosts.txt lacks"


def _dead_ends(catalogue: Catalogue, answer: Answer) -> Iterator[str]:
    """Yield choices and replacements that lead nowhere."""
    entry = answer.entry
    named = filter(None, [entry.without_accounts, entry.with_accounts, entry.explained_by])
    for target in (*entry.choices, *entry.when_open, *entry.when_closed, *named):
        if target not in catalogue.answers:
            yield f"{answer.id}: no answer {target!r} to lead to"


def with_facts(catalogue: Catalogue, text: str) -> str:
    """Return `text` as it is shown, but for what only a conversation knows."""
    for name, fact in catalogue.facts.items():
        text = text.replace("{" + name + "}", fact)
    return text
