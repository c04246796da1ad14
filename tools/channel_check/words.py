"""The sentences of the check: data/answers/interface/channel_check.yml."""

from functools import cache

from api.kit.sentences import load_sentences
from tools.paths import ROOT

_FILE = ROOT / "data" / "answers" / "interface" / "channel_check.yml"


@cache
def sentences() -> dict[str, str]:
    """Return code -> sentence."""
    return load_sentences(_FILE)


def said(code: str, **values: object) -> str:
    """Return the sentence with its values."""
    return sentences()[code].format(**values)
