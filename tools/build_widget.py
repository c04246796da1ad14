"""Build the website widget into var/widget/ with esbuild; `check` looks at its types too.

The words come from the answer data and are put in here, so that none stands in TypeScript. Files
get the hash of their content in the name; `manifest.json`, written last, says which are current.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools.failure import give_up
from tools.paths import API_PYTHON, ROOT, WIDGET

SOURCE = ROOT / "api" / "widget"
_WORDS = ROOT / "data" / "answers" / "interface" / "widget.yml"
_HOSTS = ROOT / "data" / "link_hosts.txt"
_MODULES = SOURCE / "node_modules"
_ENTRIES = ("loader.ts", "launcher.css", "chat.ts", "chat.css")
MANIFEST = "manifest.json"


def floor() -> list[str]:
    """Return the oldest browsers the widget is for, as esbuild writes them."""
    declared = json.loads((SOURCE / "package.json").read_text("utf-8"))["browserslist"]
    return [each.replace(" ", "") for each in declared]


def _words() -> Iterator[str]:
    words: dict[str, str] = yaml.safe_load(_WORDS.read_text("utf-8"))
    for name, sentence in words.items():
        yield f"--define:WORDS.{name}={json.dumps(sentence, ensure_ascii=False)}"
    # The one place where a word is looked up by a name that comes from the server.
    screens = {name: each for name, each in words.items() if name.startswith("screen_")}
    yield f"--define:SCREENS={json.dumps(screens, ensure_ascii=False)}"
    hosts = [each for each in _HOSTS.read_text("utf-8").splitlines() if not each.startswith("#")]
    yield f"--define:LINK_HOSTS={json.dumps(hosts)}"


def _binary() -> Path:
    found = sorted(_MODULES.glob("@esbuild/*/bin/esbuild"))
    if not found:
        give_up("The widget's bundler is not there: run make up, which installs it.")
    return found[0]


def _bundle(folder: Path) -> dict[str, str]:
    """Build into `folder`; return entry -> file name. Gives up with esbuild's own words."""
    meta = folder / "meta.json"
    command = [_binary(), *(SOURCE / "src" / each for each in _ENTRIES), *_words()]
    command += ["--bundle", "--minify", "--format=iife", "--charset=utf8", "--log-level=warning"]
    command += ["--entry-names=[name]-[hash]", f"--target={','.join(floor())}"]
    command += [f"--outdir={folder}", f"--metafile={meta}"]
    done = subprocess.run(
        [*map(str, command)], cwd=SOURCE, capture_output=True, text=True, check=False
    )
    if done.returncode or done.stderr:
        give_up(f"The widget could not be built:\n{done.stderr}")
    built = json.loads(meta.read_text("utf-8"))["outputs"]
    meta.unlink()
    return {Path(each["entryPoint"]).name: Path(path).name for path, each in built.items()}


def _refuse_missing_words(folder: Path) -> None:
    for path in folder.glob("*.js"):
        if "WORDS" in path.read_text("utf-8"):
            give_up(f"{path.name} says a word that {_WORDS.name} lacks.")


def main() -> None:
    """Write the bundle; whoever reads the manifest finds whole files only."""
    WIDGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WIDGET) as name:
        folder = Path(name)
        manifest = _bundle(folder)
        _refuse_missing_words(folder)
        for path in folder.iterdir():
            path.rename(WIDGET / path.name)
        (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
        (folder / MANIFEST).rename(WIDGET / MANIFEST)
    _drop_old(set(manifest.values()))


def _drop_old(current: set[str]) -> None:
    for path in WIDGET.iterdir():
        if path.suffix in {".js", ".css"} and path.name not in current:
            path.unlink(missing_ok=True)


def check() -> None:
    """Build, then let TypeScript look at the types."""
    main()
    node = API_PYTHON.with_name("node")
    tsc = _MODULES / "typescript" / "bin" / "tsc"
    raise SystemExit(subprocess.run([node, tsc, "--project", SOURCE], check=False).returncode)


if __name__ == "__main__":
    check() if sys.argv[1:] == ["check"] else main()
