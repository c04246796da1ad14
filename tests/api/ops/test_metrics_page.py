"""GET /metrics, in this process and as a real one behind a proxy."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import serving
from tests.api.ops.conftest import LOCAL, page
from tests.support.servers import API_PYTHON, ROOT, TOKEN, free_port, running

PROMETHEUS_TOKEN = "token-for-prometheus-0000"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway as `make up` starts it, uvicorn and its proxy headers included."""
    folder: Path = tmp_path_factory.mktemp("gateway")
    port = free_port()
    environment = {
        "HELPBOT_PORT": str(port),
        "HELPBOT_DATABASE_URL": f"sqlite:///{folder}/gateway.db",
        "HELPBOT_ENGINE": "keyword",
        **{f"HELPBOT_{name}": TOKEN for name in ("RASA_TOKEN", "ACCOUNTS_TOKEN", "LINK_SECRET")},
    }
    migrate = [API_PYTHON, "-m", "api.migrate"]
    subprocess.run(migrate, cwd=ROOT, env={**os.environ, **environment}, check=True)
    url = f"http://127.0.0.1:{port}"
    with running([API_PYTHON, "-m", "api"], f"{url}/healthz", folder / "api.log", **environment):
        yield url


def test_this_machine_reads_the_figures(gateway: str) -> None:
    answer = httpx.get(f"{gateway}/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


def test_every_line_is_in_prometheus_format(gateway: str) -> None:
    families = list(text_string_to_metric_families(httpx.get(f"{gateway}/metrics").text))
    assert any(family.name == "helpbot_ready" for family in families)


@pytest.mark.parametrize("sender", ["203.0.113.9", "127.0.0.1", "::1", ""])
def test_what_a_proxy_passes_on_finds_no_such_page(gateway: str, sender: str) -> None:
    answer = httpx.get(f"{gateway}/metrics", headers={"X-Forwarded-For": sender})
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_who_asks_for_the_public_name_finds_no_such_page(gateway: str) -> None:
    answer = httpx.get(f"{gateway}/metrics", headers={"Host": "bot.example.jp"})
    assert answer.status_code == 404


async def test_a_refusal_looks_like_any_unknown_address(client: httpx.AsyncClient) -> None:
    refused, unknown = await client.get("/metrics"), await client.get("/no-such-page")
    assert refused.status_code == unknown.status_code == 404
    assert refused.json()["error"] == unknown.json()["error"]


async def test_with_a_token_set_only_the_token_opens(settings: Settings) -> None:
    guarded = Settings(**{**settings.model_dump(), "metrics_token": PROMETHEUS_TOKEN})
    async with serving(create_app(guarded)) as client:
        bearer = {"Authorization": f"Bearer {PROMETHEUS_TOKEN}"}
        assert (await client.get("/metrics", headers=LOCAL)).status_code == 404
        assert (await client.get("/metrics", headers=bearer)).status_code == 200


def test_a_token_that_can_be_guessed_is_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="metrics_token"):
        Settings(**{**settings.model_dump(), "metrics_token": "short"})


async def test_the_public_description_does_not_name_it(client: httpx.AsyncClient) -> None:
    assert "/metrics" not in (await client.get("/openapi.json")).json()["paths"]


async def test_the_process_tells_its_memory(client: httpx.AsyncClient) -> None:
    assert "process_resident_memory_bytes" in await page(client)
