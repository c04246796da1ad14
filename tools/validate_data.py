"""`rasa data validate`, but a warning fails.

Rasa's own --fail-on-warnings exits 0 on warnings (seen on 3.6.21). What is wanted stands in
data/validation-allowed.txt with its reason. Files of the staff console can be named to see
whether they may join data/nlu/.
"""

import re
import subprocess
import sys
from collections.abc import Sequence

from tools import build_domain, build_rules
from tools.paths import BOT_PYTHON, DOMAIN, ROOT, RULES
from tools.train import rasa_environment

ALLOWED = ROOT / "data" / "validation-allowed.txt"
_WARNING = re.compile(r"UserWarning: (.*)|^\S+ \S+ (?:WARNING|ERROR)\s+(.*)", re.MULTILINE)
_COLOURS = re.compile(r"\x1b\[\d+m")


def allowed_patterns(text: str) -> list[re.Pattern[str]]:
    """Return the patterns of an allow-list; raises SystemExit for one without its reason."""
    patterns, explained = [], False
    for line in text.splitlines():
        if line.startswith("#"):
            explained = True
        elif line.strip() and not explained:
            raise SystemExit(f"{ALLOWED.name}: no reason stands above {line!r}")
        elif line.strip():
            patterns.append(re.compile(line))
        else:
            explained = False
    return patterns


def unwanted(output: str, allowed: list[re.Pattern[str]]) -> list[str]:
    """Return the warnings in Rasa's `output` that nothing allows."""
    found = ("".join(match).strip() for match in _WARNING.findall(_COLOURS.sub("", output)))
    return [line for line in found if not any(pattern.search(line) for pattern in allowed)]


def main(files: Sequence[str] = ()) -> int:
    """Print what is wrong; 0 when nothing is."""
    build_domain.main()
    build_rules.main()
    command = [BOT_PYTHON, "-m", "rasa", "data", "validate", "--domain", DOMAIN]
    command += ["--data", "data", RULES, *files]
    # Python's own warnings must show here: Rasa reports its findings as such.
    environment = {**rasa_environment(), "PYTHONWARNINGS": "ignore::DeprecationWarning"}
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    output = done.stdout + done.stderr
    wrong = unwanted(output, allowed_patterns(ALLOWED.read_text(encoding="utf-8")))
    print("\n".join(wrong) or "The training data is sound.", file=sys.stderr)
    if done.returncode:
        print(output, file=sys.stderr)
    return 1 if wrong or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
