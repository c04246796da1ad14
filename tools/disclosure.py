"""`make disclosure RECEIPT=…`: all that is kept about one conversation, in one file."""

import json
import subprocess
import sys

from tools import environment, train
from tools.paths import API_PYTHON, ROOT, VAR


def main() -> int:
    """Write the file that only its owner may read; say where it is."""
    command = [str(API_PYTHON), "-m", "api.privacy.disclosure.commands", *sys.argv[1:]]
    variables = environment.build(train.model_path())
    done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE)
    if done.returncode:
        return done.returncode
    conversation = json.loads(done.stdout)["conversation"]["id"]
    path = VAR / "disclosures" / f"{conversation}.json"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(done.stdout)
    print(f"{path} — hand it to the person, then delete it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
