"""A secret in a tracked file is found, whatever line it stands on."""

import json
from pathlib import Path

import pytest

from tools import secret_scan
from tools.secret_scan import BASELINE, unknown

# Put together here, so that this file itself is clean.
PLANTED = "key = 'AKIA" + "Q3EGUX7ABCDEFGHJ'\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(secret_scan, "ROOT", tmp_path)
    return tmp_path


def test_a_planted_key_is_found(root: Path) -> None:
    (root / "settings.py").write_text(PLANTED)
    found = unknown(["settings.py"], json.loads(BASELINE.read_text("utf-8")))
    assert any("settings.py:1" in each for each in found)


def test_a_clean_file_is_clean(root: Path) -> None:
    (root / "settings.py").write_text("key = read_key()\n")
    assert unknown(["settings.py"], json.loads(BASELINE.read_text("utf-8"))) == []
