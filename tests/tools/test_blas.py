"""OpenBLAS computes in the thread that asks: on small matrices its own threads only spin."""

import subprocess
from pathlib import Path

from tests.support.servers import BOT_PYTHON
from tools import environment

_COUNT = (
    "import os, numpy as np\n"
    "left = np.ones((400, 400)); left @ left\n"
    "print(len(os.listdir('/proc/self/task')))\n"
)


def test_no_thread_of_its_own_is_started_for_numbers() -> None:
    variables = environment.build(Path("model.tar.gz"))
    said = subprocess.run(
        [BOT_PYTHON, "-c", _COUNT], env=variables, capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "1"
