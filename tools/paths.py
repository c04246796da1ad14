"""Where things stand, relative to the repository."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Tests give each stack they start a folder of its own.
VAR = Path(os.environ.get("HELPBOT_VAR", ROOT / "var")).resolve()
LOGS = VAR / "log"
# Models are shared: they carry the hash of what they were made from.
MODELS = ROOT / "var" / "models"
DOMAIN = ROOT / "var" / "domain.yml"
RULES = ROOT / "var" / "rules" / "questions.yml"
# The widget is shared as well: its files carry the hash of what is in them.
WIDGET = ROOT / "var" / "widget"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
API_PYTHON = ROOT / ".venv-api" / "bin" / "python"
