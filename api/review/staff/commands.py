"""`python -m api.review.staff.commands first | create NAME ROLE [SHOWN]`: let somebody in."""

import asyncio
import sys

from api.kit import logs
from api.kit.clock import utc_now
from api.kit.database import Database
from api.kit.errors import HelpbotError
from api.review.audit.service import AuditService
from api.review.staff.factor import SecondFactor
from api.review.staff.members import MemberService
from api.review.staff.models import ROLES
from api.settings import load_settings


async def _run(arguments: list[str]) -> str | None:
    """Return a line `name password`, or None where there is nothing to say."""
    settings = load_settings()
    logs.configure(settings.log_level)
    database = Database(settings.database_url)
    factor = SecondFactor(settings.link_secret.get_secret_value())
    members = MemberService(database, factor, AuditService(database, utc_now), utc_now)
    try:
        if arguments[0] == "first":
            first = await members.first_admin()
            return f"admin {first}" if first else None
        name, role, *shown = arguments[1:]
        return f"{name} {await members.create(name, ''.join(shown), role)}"
    finally:
        await database.close()


def main() -> int:
    """Print what was made; exit code 1 with a sentence where that does not work."""
    known = {"first": (1,), "create": (3, 4)}
    if len(sys.argv) - 1 not in known.get(sys.argv[1] if len(sys.argv) > 1 else "", ()):
        print(__doc__, f"\nroles: {', '.join(ROLES)}", file=sys.stderr)  # noqa: T201
        return 1
    try:
        made = asyncio.run(_run(sys.argv[1:]))
    except HelpbotError:
        print(  # noqa: T201
            f"That name is taken or not usable (a-z, 0-9, 3 letters or more), "
            f"or the role is none of {', '.join(ROLES)}.",
            file=sys.stderr,
        )
        return 1
    if made:
        print(made)  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
