"""What may enter at all, and what typed text must never look like."""

import re
import unicodedata

FULL_WIDTH_SLASH = "／"
_KEPT_CONTROLS = {"\n", "\t"}


def clean(text: str) -> str:
    """Return `text` without what no database and no reader can use, ends stripped.

    NUL and lone surrogates cannot be stored by PostgreSQL; a NUL in a sender id has killed a
    whole Rasa process. Other control characters carry no meaning for a person.
    """
    kept = (char for char in text if char in _KEPT_CONTROLS or not _is_unusable(char))
    return "".join(kept).strip()


def _is_unusable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"}


_COMMAND = re.compile(r"/[a-z0-9_]+\s*([{@].*)?", re.DOTALL)


def _bare(text: str) -> str:
    """Return `text` from its first visible character on."""
    bare = text.lstrip()
    while bare and unicodedata.category(bare[0]) == "Cf":
        bare = bare[1:].lstrip()
    return bare


def is_command(text: str) -> bool:
    """Say whether `text` has the form of a Rasa command rather than of a question."""
    folded = unicodedata.normalize("NFKC", _bare(text)).strip().lower()
    return _COMMAND.fullmatch(folded) is not None


def disarm(text: str) -> str:
    """Return `text` so that Rasa cannot read it as a command.

    Rasa takes `/intent{"slot": "value"}` typed by anyone as that intent with confidence 1.0,
    after stripping white space of any width (rasa/shared/core/training_data/story_reader).
    The slash, in any form that NFKC folds to it, becomes a full-width one, which Rasa does not
    parse. Invisible format characters before it are dropped with it.
    """
    bare = _bare(text)
    if unicodedata.normalize("NFKC", bare[:1]) == "/":
        return FULL_WIDTH_SLASH + bare[1:]
    return text
