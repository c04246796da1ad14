"""Answer a request for disclosure: the rules of what the file holds and what it does not.

The person shows a 受付番号 of the conversation; nobody is found by name, because no name is kept.
Act on the Protection of Personal Information, article 33 (開示):
https://laws.e-gov.go.jp/law/415AC0000000057
"""

from collections.abc import Sequence
from typing import Any

from api.chat.conversations.models import Conversation
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.privacy.disclosure.repository import PARTS, DisclosureRepository
from api.review.audit.service import AuditService

OPERATOR, ACTION = "operator", "disclosed"


class NotTheOnlyOne(NotFound):
    """Two conversations gave out the same 受付番号: another one of the same talk tells which."""


class DisclosureService:
    """Gathers; third persons, which are the staff, stay without a name."""

    def __init__(self, database: Database, audit: AuditService, clock: Clock) -> None:
        self._database, self._audit, self._clock = database, audit, clock

    async def gather(self, receipt: str) -> dict[str, Any]:
        """Return all that is kept about the conversation. Leaves an audit row.

        Raises NotFound, and NotTheOnlyOne, because nobody may be handed somebody else's words.
        """
        async with self._database.reading() as session:
            rows = DisclosureRepository(session)
            conversation = _only(await rows.of_receipt(receipt))
            found: dict[str, Any] = {
                "made_at": self._clock(),
                "conversation": {
                    "id": conversation.id,
                    "channel": conversation.channel,
                    "created_at": conversation.created_at,
                },
                **{name: await rows.part(name, conversation.id) for name in PARTS},
            }
            seen = await rows.readers(conversation.id)
            found["seen_by_staff"] = [
                {"at": row.at, "staff_id": row.staff_id, "action": row.action} for row in seen
            ]
        await self._audit.note(OPERATOR, ACTION, conversation.id)
        return _without_names(found)


def _only(found: Sequence[Conversation]) -> Conversation:
    if not found:
        raise NotFound("receipt")
    if len(found) > 1:
        raise NotTheOnlyOne("receipt")
    return found[0]


def _without_names(found: dict[str, Any]) -> dict[str, Any]:
    """Put `staff-1`, `staff-2` … in place of who they are, the same one each time."""
    numbers: dict[str, str] = {}
    for part in found.values():
        for row in part if isinstance(part, list) else ():
            if staff := row.get("staff_id"):
                row["staff_id"] = numbers.setdefault(staff, f"staff-{len(numbers) + 1}")
    return found
