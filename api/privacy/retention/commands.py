"""`python -m api.privacy.retention.commands purge [--dry-run] | replay LEDGER`."""

import asyncio
import sys
from pathlib import Path

from api.kit import logs
from api.kit.clock import utc_now
from api.kit.outgoing import outgoing
from api.privacy.erasure.ledger import Ledger
from api.settings import load_settings
from api.wiring import wire


async def _run(arguments: list[str]) -> str:
    settings = load_settings()
    logs.configure(settings.log_level)
    async with outgoing() as clients:
        wired = wire(settings, clients, utc_now)
        try:
            if arguments[0] == "replay":
                again = await Ledger(Path(arguments[1])).replay(wired.erasure)
                return f"{again} erased again"
            dry = "--dry-run" in arguments
            gone = await (wired.retention.dry_run() if dry else wired.retention.purge())
            verb = "would go" if dry else "went"
            return f"{gone.conversations} conversations and {gone.audit_rows} audit rows {verb}"
        finally:
            await wired.database.close()


def main() -> int:
    """Print what went, in one line."""
    known = {"purge": (1, 2), "replay": (2,)}
    if len(sys.argv) - 1 not in known.get(sys.argv[1] if len(sys.argv) > 1 else "", ()):
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 1
    print(asyncio.run(_run(sys.argv[1:])))  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
