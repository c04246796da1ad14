"""The frame, the script tag's file, and who may frame what."""

import re
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from api.app import create_app
from api.settings import Settings
from api.widget.files import WidgetFiles, WidgetMissing
from tests.api.conftest import serving

LISTED = "https://www.example.jp"


async def test_only_listed_sites_may_frame_the_chat_and_nothing_else(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"frame_ancestors": [LISTED]}))
    async with serving(app) as client:
        frame = (await client.get("/chat/frame")).headers["content-security-policy"]
        other = (await client.get("/chat/plain")).headers["content-security-policy"]
    assert frame.endswith(f"frame-ancestors 'self' {LISTED}")
    assert other.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    "site", ["*", "www.example.jp", "https://a.jp; script-src *", "javascript:"]
)
def test_what_is_no_origin_is_refused_as_an_ancestor(settings: Settings, site: str) -> None:
    with pytest.raises(ValidationError, match="is no origin"):
        Settings(**{**settings.model_dump(), "frame_ancestors": site})


def test_ancestors_are_written_with_commas(settings: Settings) -> None:
    sites = "https://*.example.jp, http://localhost:8080/"
    made = Settings(**{**settings.model_dump(), "frame_ancestors": sites})
    assert made.frame_ancestors == ["https://*.example.jp", "http://localhost:8080"]


async def test_the_script_may_be_kept_for_minutes_only(client: httpx.AsyncClient) -> None:
    answer = await client.get("/widget.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=300"


async def test_the_frame_names_files_that_are_there(client: httpx.AsyncClient) -> None:
    page = (await client.get("/chat/frame")).text
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(files) == 3
    for path in files:
        assert (await client.get(path)).status_code == 200, path


async def test_the_way_without_scripts_stands_in_the_frame(client: httpx.AsyncClient) -> None:
    assert 'id="boot"' in (await client.get("/chat/frame")).text


def test_a_widget_that_nobody_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(WidgetMissing, match="make up"):
        WidgetFiles(str(tmp_path)).current()
