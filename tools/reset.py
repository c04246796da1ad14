"""Throw away everything under var/ but the secrets and the models."""

import shutil

from tools import processes, secrets_file
from tools.paths import MODELS, VAR


def main() -> None:
    """Stop what runs, then delete databases, logs and generated files."""
    processes.stop_all()
    for path in VAR.iterdir() if VAR.exists() else ():
        if path in (secrets_file.SECRETS, MODELS):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    print("Databases and logs are gone; secrets and models stay.")


if __name__ == "__main__":
    main()
