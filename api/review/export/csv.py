"""CSV for Excel in Japanese. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# Excel takes a file for UTF-8 only with this mark in front.
_MARK = "\ufeff"
# What begins like this is run as a formula. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table; text that would be a formula is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(value) for value in row])
    return _MARK + out.getvalue()


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith(_FORMULAS):
        return f"'{value}"
    return "" if value is None else value
