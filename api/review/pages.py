"""Templates of the console: escaping on, missing values an error, times in Tokyo."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.review.staff.service import Visitor

_TOKYO = ZoneInfo("Asia/Tokyo")
_TEMPLATES = Path(__file__).parent / "templates"


def there(moment: datetime | None, form: str = "%Y/%m/%d %H:%M") -> str:
    """Return a moment as staff read it."""
    return moment.astimezone(_TOKYO).strftime(form) if moment else ""


def day(given: date | None) -> str:
    """Return a day as staff read it."""
    return f"{given:%Y/%m/%d}" if given else ""


class StaffPages:
    """Renders pages and parts of pages; `titles` are the topics in Japanese."""

    def __init__(self, words: Mapping[str, str], titles: Mapping[str, str]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
        )
        self._environment.globals["words"] = words
        self._environment.globals["title_of"] = lambda topic: titles.get(topic or "", "")
        self._environment.filters["there"] = there
        self._environment.filters["day"] = day

    def page(
        self, template: str, visitor: Visitor | None, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Return a page that no cache keeps."""
        html = self._environment.get_template(template).render(visitor=visitor, **values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
