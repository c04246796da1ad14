"""Is the model of this tree's data there, and whole?"""

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tools import train
from tools.doctor.finding import Finding, well, wrong

_PART = "model"


def check() -> Iterator[Finding]:
    """Look at the archive that `make up` would start with."""
    yield examined(train.model_path())


def examined(path: Path) -> Finding:
    """Return what is to be said of the archive at `path`."""
    if not path.exists():
        return well(_PART, f"{path.name} is not trained yet: make up does it in about a minute.")
    try:
        with tarfile.open(path) as archive:
            names = archive.getnames()
    except (tarfile.TarError, OSError, EOFError, zlib.error, gzip.BadGzipFile):
        names = []
    if not any(name.endswith("metadata.json") for name in names):
        return wrong(_PART, f"{path} is broken: delete it; the next make up trains it again.")
    return well(_PART, f"{path.name}, {path.stat().st_size >> 20} MB.")
