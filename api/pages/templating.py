"""One Jinja environment: escaping on, missing values an error."""

from collections.abc import Mapping
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_API = Path(__file__).parents[1]
_FOLDERS = [_API / room / "templates" for room in ("pages", "verification", "memo")]


class Pages:
    """Renders templates; `words` (the interface's sentences) are at hand in each."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDERS), autoescape=True, undefined=StrictUndefined
        )
        self._environment.globals["words"] = words

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """Return a page that no cache keeps."""
        html = self._environment.get_template(template).render(**values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
