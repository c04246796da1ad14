"""What is committed holds on every machine: no path, no registry's host, no secret of this one."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
# Where pip, uv and npm are told about registries.
_REGISTRIES = re.compile(r"(pip|uv|npm_config)_.*(index|registry|find_links)", re.IGNORECASE)
_LOCKS = ("requirements/*.txt", "api/widget/package-lock.json")


def tracked(*patterns: str) -> Iterator[tuple[str, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns],  # noqa: S607
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (raw := path.read_bytes())[:8000]:
            yield name, raw.decode("utf-8", "replace")


def registry_hosts() -> set[str]:
    """Return the hosts that this machine's package managers are told to use."""
    told = [value for name, value in os.environ.items() if _REGISTRIES.fullmatch(name)]
    words = " ".join(told).split()
    return {host for word in words if (host := urlsplit(word).hostname)}


def test_no_file_names_a_path_of_this_machine() -> None:
    paths = {str(ROOT), str(Path.home())} - {"/root", "/"}
    assert [(name, path) for name, text in tracked() for path in paths if path in text] == []


def test_no_file_names_a_host_that_only_this_machine_knows() -> None:
    hosts = registry_hosts()
    assert [(name, host) for name, text in tracked() for host in hosts if host in text] == []


@pytest.mark.parametrize("pattern", _LOCKS)
def test_pinned_requirements_name_no_address_to_fetch_them_from(pattern: str) -> None:
    found = list(tracked(pattern))
    assert found
    assert [
        name for name, text in found if re.search(r"--(extra-)?index-url|\"resolved\"", text)
    ] == []
