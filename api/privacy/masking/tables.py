"""The two data files of masking, read once: the labels and the public numbers."""

import re
from functools import cache
from pathlib import Path

import yaml

_DATA = Path(__file__).resolve().parents[3] / "data"


@cache
def labels() -> dict[str, str]:
    """Return kind -> Japanese label. Words are content, so they stand in data/masks.yml."""
    table = yaml.safe_load((_DATA / "masks.yml").read_text("utf-8"))
    return {str(kind): str(label) for kind, label in table.items()}


@cache
def public_numbers() -> tuple[str, ...]:
    """Return the digits of the help desk, crisis and emergency numbers, longest first."""
    rows = yaml.safe_load((_DATA / "public_numbers.yml").read_text("utf-8"))
    digits = {re.sub(r"[^0-9]", "", str(row["number"])) for row in rows}
    return tuple(sorted(digits, key=lambda number: (-len(number), number)))
