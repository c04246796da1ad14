"""`python -m api.privacy.disclosure.commands RECEIPT`: print the file for the person, as JSON."""

import asyncio
import json
import sys
from typing import Any

from api.kit import logs
from api.kit.clock import utc_now
from api.kit.database import Database
from api.kit.errors import NotFound
from api.privacy.disclosure.service import DisclosureService, NotTheOnlyOne
from api.review.audit.service import AuditService
from api.review.conversations.receipts import receipt_in
from api.settings import load_settings


async def _run(receipt: str) -> dict[str, Any]:
    settings = load_settings()
    logs.configure(settings.log_level)
    database = Database(settings.database_url)
    try:
        audit = AuditService(database, utc_now)
        return await DisclosureService(database, audit, utc_now).gather(receipt)
    finally:
        await database.close()


def main() -> int:
    """Print everything; exit code 1 with a sentence where no one talk belongs to the number."""
    receipt = receipt_in(" ".join(sys.argv[1:]))
    try:
        if receipt is None:
            raise NotFound("receipt")
        found = asyncio.run(_run(receipt))
    except NotTheOnlyOne:
        print(  # noqa: T201
            "Two conversations have that number: ask for another one from the same conversation.",
            file=sys.stderr,
        )
        return 1
    except NotFound:
        print(  # noqa: T201
            "No conversation has that number. It looks like HB-7K3M-92QD; what was erased, or "
            "is older than its time, is gone.",
            file=sys.stderr,
        )
        return 1
    print(json.dumps(found, ensure_ascii=False, indent=2, default=str))  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
