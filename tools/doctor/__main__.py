"""Print one line a finding; exit code 1 when anything is wrong."""

import sys
from collections.abc import Iterator

from tools import processes
from tools.doctor import channels, database, machine, model, secrets, settings, stack, versions
from tools.doctor.finding import Check, Finding, wrong

_CHECKS: dict[str, Check] = {
    "versions": versions.check,
    "disk": machine.disk,
    "clock": machine.clock,
    "secrets": secrets.check,
    "settings": settings.check,
    "database": database.check,
    "model": model.check,
    "ports": stack.ports,
    "running": stack.running,
    "channels": channels.check,
}


def findings() -> Iterator[Finding]:
    """Yield what each check finds; a check that breaks is a finding as well."""
    for part, check in _CHECKS.items():
        try:
            yield from check()
        except Exception as error:
            yield wrong(
                part, f"this check itself failed ({type(error).__name__}): please report it."
            )


def main() -> int:
    """Print the findings."""
    print("The bot is running." if processes.supervisor() else "The bot is not running.")
    well = True
    for finding in findings():
        well &= finding.well
        print(finding, flush=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
