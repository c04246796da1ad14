"""The built files (tools/build_widget.py): which are current, and sent small."""

import gzip
import json
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

MANIFEST = "manifest.json"
# The names carry a hash of the content, so what has one of them never changes.
_FOR_EVER = "public, max-age=31536000, immutable"
# The script tag's own address stays the same: a new version is to be found within minutes.
_BY_SCRIPT_TAG = {
    "Cache-Control": "public, max-age=300",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


class WidgetMissing(Exception):
    """Nobody has built the widget; the message says how."""


class WidgetFiles:
    """Knows the folder. The manifest is read anew each time: a build may come in between."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def current(self) -> dict[str, str]:
        """Return entry -> file name; raises WidgetMissing."""
        try:
            found: dict[str, str] = json.loads((self._folder / MANIFEST).read_text("utf-8"))
        except FileNotFoundError:
            raise WidgetMissing(
                f"{self._folder / MANIFEST} is missing: run `make up`, which builds the widget"
            ) from None
        return found

    def response(self, entry: str, media_type: str, encodings: str) -> Response:
        """Return one entry's file, compressed where `encodings` (Accept-Encoding) allow it."""
        content = (self._folder / self.current()[entry]).read_bytes()
        headers = dict(_BY_SCRIPT_TAG)
        if "gzip" in encodings:
            content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
        return Response(content, media_type=media_type, headers=headers)


class _ForEver(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file with leave to keep it."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER
        return response


def built_files(folder: str) -> ASGIApp:
    """Return what serves the files with a hash in their names, compressed."""
    return GZipMiddleware(_ForEver(directory=folder, check_dir=False), minimum_size=500)
