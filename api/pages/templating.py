"""One Jinja environment: escaping on, missing values an error."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.content.links import is_allowed, load_link_hosts
from api.pages.ruby import with_phones

_API = Path(__file__).parents[1]
_ROOMS = ("pages", "verification", "memo", "widget", "widget/plain", "review/guests")


class _Source(Protocol):
    """What a line about a source needs."""

    source_date: str | None
    read_on: str


class Pages:
    """Renders templates; `words` (the interface's sentences) are at hand in each."""

    def __init__(self, words: Mapping[str, str], home: str) -> None:
        """`home` is our own address, where links may lead besides the allowed hosts."""
        self._words, self._home, self._hosts = words, home, load_link_hosts()
        folders = [_API / room / "templates" for room in _ROOMS]
        self._environment = Environment(
            loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined
        )
        self._environment.globals["words"] = words
        filters = {"told": with_phones, "allowed": self._allowed, "dated": self._dated}
        self._environment.filters.update(filters)

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """Return a page that no cache keeps."""
        html = self._environment.get_template(template).render(**values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})

    def _allowed(self, url: str) -> bool:
        return url.startswith(f"{self._home}/") or is_allowed(url, self._hosts)

    def _dated(self, source: _Source) -> str:
        """Say how fresh a source is: "2024-12" becomes 2024年12月."""
        key = "source_dated" if source.source_date else "source_undated"
        parts = (source.source_date or source.read_on).split("-")
        units = self._words["date_units"]
        date = "".join(f"{int(part)}{unit}" for part, unit in zip(parts, units, strict=False))
        return self._words[key].format(date=date)
