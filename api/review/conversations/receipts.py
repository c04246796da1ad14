"""Read a 受付番号 as people say it over the telephone. Pure."""

import re
import unicodedata

_FORM = re.compile(r"HB-?([0-9A-Z]{4})-?([0-9A-Z]{4})")
# Letters that our alphabet leaves out, heard or read for their likes (Crockford's base 32).
_ALIKE = str.maketrans("OIL", "011")


def receipt_in(said: str) -> str | None:
    """Return the number in the form the tables keep, or None where there is none."""
    plain = unicodedata.normalize("NFKC", said).upper()
    plain = re.sub(r"[‐‑–—−ーｰ\s]", "-", plain).strip("-")
    found = _FORM.fullmatch(re.sub(r"-+", "-", plain))
    if found is None:
        return None
    return "-".join(["HB", *(part.translate(_ALIKE) for part in found.groups())])
