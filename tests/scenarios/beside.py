"""A second gateway in account mode `live` or `off`, beside the running stack."""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.scenarios.conftest import Stack
from tests.support.servers import API_PYTHON, ROOT, free_port, running

LIVE = {
    "HELPBOT_OPERATOR_NAME": "見本の会",
    "HELPBOT_PRIVACY_ADDRESS": "privacy@example.jp",
    "HELPBOT_ALLOWED_HOSTS": "127.0.0.1",
    "HELPBOT_LIVE_FOR_TESTS": "on",
}


@contextlib.contextmanager
def gateway(stack: Stack, mode: str, folder: Path, **changed: str) -> Iterator[str]:
    """Run a gateway with the stack's Rasa and account API; yield its address."""
    secrets = (stack.var / "secrets.env").read_text("utf-8").split()
    ports = stack.environment
    port = str(free_port())
    environment = {
        **dict(line.split("=", 1) for line in secrets),
        **(LIVE if mode == "live" else {}),
        "HELPBOT_ACCOUNT_MODE": mode,
        "HELPBOT_PORT": port,
        "HELPBOT_DATABASE_URL": f"sqlite:///{folder}/{mode}.db",
        "HELPBOT_RASA_URLS": f"http://127.0.0.1:{ports['HELPBOT_RASA_PORT']}",
        "HELPBOT_ACCOUNTS_URL": f"http://127.0.0.1:{ports['HELPBOT_ACCOUNTS_PORT']}",
        **changed,
    }
    command = [API_PYTHON, "-m", "api.migrate"]
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True
    )
    url = f"http://127.0.0.1:{port}"
    command = [API_PYTHON, "-m", "api"]
    with running(command, f"{url}/readyz", folder / f"{mode}.log", **environment):
        yield url


def words(page: httpx.Response) -> str:
    """Return what stands on a page, without the receipt, which is always new."""
    text = re.sub(r"<[^>]+>", "", page.text)
    return re.sub(r"HB-\w{4}-\w{4}", "HB", text)


def link_in(reply: dict) -> str:
    """Return the link to the form in a reply."""
    return next(link["url"] for link in reply["links"] if "/verify/" in link["url"])
