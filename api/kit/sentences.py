"""The Japanese sentence of every error code, read from the answer data."""

from pathlib import Path

import yaml

ERRORS = Path(__file__).resolve().parents[2] / "data" / "answers" / "interface" / "errors.yml"


def load_sentences(path: Path = ERRORS) -> dict[str, str]:
    """Return code -> sentence; refuse a file that is anything but a flat map of texts."""
    sentences = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(sentences, dict):
        raise ValueError(f"{path.name} is not a map of code to sentence")
    for code, sentence in sentences.items():
        if not (isinstance(code, str) and isinstance(sentence, str) and sentence.strip()):
            raise ValueError(f"{path.name}: {code!r} has no sentence")
    return sentences
