"""Both applications as `make up` starts them: real processes, real sockets, migrated databases."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers import API_PYTHON, ROOT, TOKEN, accounts_api, free_port, running


def gateway_environment(folder: Path, port: int, accounts_url: str) -> dict[str, str]:
    return {
        "HELPBOT_DATABASE_URL": f"sqlite:///{folder}/gateway.db",
        "HELPBOT_ENGINE": "keyword",
        "HELPBOT_RASA_TOKEN": TOKEN,
        "HELPBOT_ACCOUNTS_TOKEN": TOKEN,
        "HELPBOT_LINK_SECRET": TOKEN,
        "HELPBOT_ACCOUNTS_URL": accounts_url,
        "HELPBOT_WIDGET_FILES": str(ROOT / "var" / "widget"),
        "HELPBOT_PORT": str(port),
        "HELPBOT_HOST": "127.0.0.1",
    }


@pytest.fixture(scope="session")
def accounts_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with accounts_api(tmp_path_factory.mktemp("accounts"), free_port()) as url:
        yield url


@pytest.fixture(scope="session")
def gateway(
    tmp_path_factory: pytest.TempPathFactory, accounts_alone: str, built_widget: None
) -> Iterator[str]:
    """The gateway on a port of its own; whatever a test does to it, the next one finds it up."""
    folder, port = tmp_path_factory.mktemp("gateway"), free_port()
    environment = gateway_environment(folder, port, accounts_alone)
    subprocess.run(
        [API_PYTHON, "-m", "api.migrate"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    url = f"http://127.0.0.1:{port}"
    log = folder / "gateway.log"
    with running([API_PYTHON, "-m", "api"], f"{url}/readyz", log, **environment):
        yield url
