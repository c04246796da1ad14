"""Compile our word list into a Sudachi user dictionary.

The list (`terms.csv`) has three columns a person can edit; Sudachi wants eighteen, which
`row.txt` adds: the connection id of a common noun, and a cost low enough to win over the parts a
word is made of and high enough not to break longer ones.
https://github.com/WorksApplications/Sudachi/blob/develop/docs/user_dict.md
"""

import csv
from pathlib import Path
from typing import Iterator

import sudachidict_core
import sudachipy
from sudachipy.sudachipy import build_user_dic

_HOME = Path(__file__).parent.parent / "dictionaries"
SOURCE, _ROW = _HOME / "terms.csv", _HOME / "row.txt"


def _lexicon_lines(source: Path) -> Iterator[str]:
    row = _ROW.read_text(encoding="utf-8").strip()
    with source.open(encoding="utf-8", newline="") as lines:
        for columns in csv.DictReader(lines):
            yield row.format_map(columns)


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
