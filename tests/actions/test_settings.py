import os
import subprocess

import pytest

from tests.support.servers import BOT_PYTHON, ROOT


@pytest.mark.parametrize("token", ["", "changethis"])
def test_without_a_proper_token_the_server_names_the_variable_and_the_fix(token: str) -> None:
    environment = {**os.environ, "HELPBOT_ACCOUNTS_TOKEN": token, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [BOT_PYTHON, "-m", "actions"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "HELPBOT_ACCOUNTS_TOKEN" in done.stderr
    assert "make up" in done.stderr
