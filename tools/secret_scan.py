"""Look for secrets in tracked files; what looks like one and is none is in .secrets.baseline.

    python -m tools.secret_scan

By detect-secrets. Its own hook fails whenever a line moves, so files and values are compared here.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detect_secrets.core.baseline import load
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import configure_settings_from_baseline

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / ".secrets.baseline"
ACCEPT = "detect-secrets scan --exclude-files 'requirements/.*\\.txt|package-lock\\.json'"


def unknown(files: Iterable[str], baseline: dict[str, Any]) -> list[str]:
    """Return `file:line: kind` of each value that looks like a secret and is not in `baseline`."""
    configure_settings_from_baseline(baseline)
    known = {(each.filename, each.secret_hash) for _, each in load(baseline)}
    seen = SecretsCollection(root=str(ROOT))
    seen.scan_files(*files)
    return [
        f"{name}:{each.line_number}: {each.type}"
        for name, each in seen
        if (name, each.secret_hash) not in known
    ]


def main() -> int:
    """Print where one may be; return 1 when there is any."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    files = [name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]
    files.remove(BASELINE.name)
    found = unknown(files, json.loads(BASELINE.read_text("utf-8")))
    print("\n".join(found) or f"No secret in {len(files)} files.")
    if found:
        print(f"If none of them is one: .venv-api/bin/{ACCEPT} > {BASELINE.name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
