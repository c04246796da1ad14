"""Let somebody into the staff console, with the settings that `make up` uses."""

import subprocess
import sys

from tools import environment, train
from tools.paths import API_PYTHON, ROOT


def main() -> int:
    """Print name and first password, or one sentence about what is wrong."""
    arguments = [each for each in sys.argv[1:] if each]
    command = [str(API_PYTHON), "-m", "api.review.staff.commands", "create", *arguments]
    variables = environment.build(train.model_path())
    return subprocess.run(command, cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
