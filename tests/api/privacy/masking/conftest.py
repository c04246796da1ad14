"""Rows of tests/data/masking/: a test that asks for `positive` or `lookalike` runs once a row."""

from pathlib import Path
from typing import Any

import pytest
import yaml

_TABLES = Path(__file__).resolve().parents[3] / "data" / "masking"


def _rows(name: str) -> list[Any]:
    return list(yaml.safe_load((_TABLES / f"{name}.yml").read_text("utf-8")))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name in {"positive", "lookalike"} & set(metafunc.fixturenames):
        metafunc.parametrize(name, _rows(f"{name}s"), ids=repr)


@pytest.fixture(params=["positives", "lookalikes"])
def rows(request: pytest.FixtureRequest) -> list[Any]:
    return _rows(request.param)
