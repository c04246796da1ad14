"""Start a model that serves nobody, for a talk to try it: `python -m tools.guest FILE`.

Rasa has an environment of its own; this process becomes that one (tools/guest_model.py).
"""

import os
import sys

from tools.paths import BOT_PYTHON, MODELS, ROOT
from tools.train import rasa_environment


def main() -> None:
    """Hand over to Rasa's environment."""
    os.chdir(ROOT)
    path = str(MODELS / os.path.basename(sys.argv[1]))
    command = [str(BOT_PYTHON), "-m", "tools.guest_model", path]
    os.execve(command[0], command, rasa_environment())  # noqa: S606 # no shell on purpose


if __name__ == "__main__":
    main()
