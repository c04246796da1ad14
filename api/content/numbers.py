"""The telephone numbers that the answers name, and whether somebody has checked them."""

from pathlib import Path

import yaml

from api.content.catalogue import DATA


def unchecked_numbers(path: Path = DATA / "public_numbers.yml") -> list[str]:
    """Return the numbers that no operator has seen on the live page yet."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [str(row["number"]) for row in rows if row["verified_live_on"] is None]
