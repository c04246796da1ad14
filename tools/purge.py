"""`make purge`: delete what is too old now; ARGS=--dry-run only counts."""

import subprocess
import sys

from tools import environment, train
from tools.paths import API_PYTHON, ROOT


def main() -> int:
    """Run the gateway's own purge with the settings of `make up`."""
    command = [str(API_PYTHON), "-m", "api.privacy.retention.commands", "purge", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=environment.build(train.model_path())).returncode


if __name__ == "__main__":
    sys.exit(main())
