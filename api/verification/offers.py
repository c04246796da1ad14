"""Hang a link to the form on an answer that asks for one."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.engine.protocol import Spoken
from api.chat.rendering import Rendered
from api.content.catalogue import Catalogue
from api.kit.clock import Clock
from api.kit.ids import new_id
from api.verification.links import Links
from api.verification.models import Verification
from api.verification.repository import VerificationRepository

LIFE = timedelta(minutes=10)


class VerificationOffers:
    """The gateway's side of `verification:` and of the account modes in the catalogue."""

    def __init__(self, catalogue: Catalogue, links: Links, clock: Clock, mode: str) -> None:
        self._catalogue, self._links, self._clock = catalogue, links, clock
        self._mode = mode

    def replace(self, spoken: Spoken) -> Spoken:
        """Return the words for this account mode: advice where it is `off`, real ones in `live`."""
        entry = self._catalogue[spoken.answer].entry
        instead = {"off": entry.without_accounts, "live": entry.with_accounts}.get(self._mode)
        return Spoken(instead) if instead else spoken

    async def offer(self, session: AsyncSession, rendered: Rendered, conversation_id: str) -> None:
        """Add a verification to the transaction and its id to the reply's body."""
        purpose = rendered.answer.entry.verification
        if purpose is None:
            return
        verification_id = new_id("v")
        rendered.body["verification"] = verification_id
        await VerificationRepository(session).add(
            Verification(
                id=verification_id,
                token_digest=self._links.token_digest(verification_id),
                conversation_id=conversation_id,
                purpose=purpose,
                expires_at=self._clock() + LIFE,
            )
        )
