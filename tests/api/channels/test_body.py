"""Every channel reads the JSON of a body in one way."""

import json

import pytest

from api.channels.body import read_json
from api.kit.errors import InvalidRequest


def test_what_is_said_stays_as_it_is() -> None:
    said = {"text": "番号が\n来ません 😢 \\ud83d", "list": [1.5, None, {"深": ["い"]}]}
    assert read_json(json.dumps(said).encode()) == said


@pytest.mark.parametrize("half", ["\\ud83d", "\\uDE22", "\\ude22\\ud83d"])
def test_halves_of_characters_are_left_out_however_deep(half: str) -> None:
    assert read_json(f'{{"a": [{{"{half}b": "x{half}y"}}]}}'.encode()) == {"a": [{"b": "xy"}]}


@pytest.mark.parametrize("raw", [b"", b"{", b'"\xff"', b'"\xed\xa0\xbd"', b"[" * 100_000])
def test_what_is_no_json_is_an_invalid_request(raw: bytes) -> None:
    with pytest.raises(InvalidRequest):
        read_json(raw)
