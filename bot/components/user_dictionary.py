"""Compile our word list into a Sudachi user dictionary.

The list (`bot/dictionaries/terms.csv`) has three columns a person can edit; Sudachi wants
eighteen. https://github.com/WorksApplications/Sudachi/blob/develop/docs/user_dict.md
"""

import csv
from pathlib import Path
from typing import Iterator

import sudachidict_core
import sudachipy
from sudachipy.sudachipy import build_user_dic

# Connection id and part of speech of 名詞,普通名詞,一般 in SudachiDict, after the guide above.
_CONNECTION = "5146"
_PART_OF_SPEECH = ("名詞", "普通名詞", "一般", "*", "*", "*")
# Low enough to win over the parts the word is made of, high enough not to break longer words.
_COST = "2000"

SOURCE = Path(__file__).parent.parent / "dictionaries" / "terms.csv"


def _lexicon_lines(source: Path) -> Iterator[str]:
    with source.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            surface, reading, normalized = row["surface"], row["reading"], row["normalized"]
            columns = (surface, _CONNECTION, _CONNECTION, _COST, surface, *_PART_OF_SPEECH)
            yield ",".join((*columns, reading, normalized, "*", "C", "*", "*", "*"))


def build(source: Path, target: Path) -> None:
    """Write the binary dictionary of `source` (CSV) to `target` (a file that is not there yet).

    Raises `Exception` from sudachipy when a row is not well formed.
    """
    lexicon = target.with_suffix(".csv")
    lexicon.write_text("\n".join(_lexicon_lines(source)) + "\n", encoding="utf-8")
    system = Path(sudachidict_core.__file__).parent / "resources" / "system.dic"
    build_user_dic(system=system, lex=[lexicon], output=target, description="helpbot")
    lexicon.unlink()


def open_dictionary(user: Path) -> sudachipy.Dictionary:
    """Return the core dictionary with the user dictionary at `user` on top."""
    return sudachipy.Dictionary(config=sudachipy.Config(system="core", user=[str(user)]))
