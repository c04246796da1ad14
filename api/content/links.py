"""Where links may lead: the hosts of data/link_hosts.txt, and nowhere else."""

from collections.abc import Set
from pathlib import Path
from urllib.parse import urlsplit

DATA = Path(__file__).parents[2] / "data"


def load_link_hosts(path: Path = DATA / "link_hosts.txt") -> frozenset[str]:
    """Return the hosts."""
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def is_allowed(url: str, hosts: Set[str]) -> bool:
    """Say whether `url` is an https address on one of `hosts`, with nothing odd about it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc in hosts
