"""Let one person through the form once, and show the answer to that browser only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.bell import OUTBOX, Bell
from api.chat.conversations.models import Conversation
from api.chat.conversations.repository import ConversationRepository
from api.chat.inbox.models import InboxMessage
from api.chat.rendering import Rendered
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import digest, new_id
from api.kit.trace import current_receipt
from api.verification import limits
from api.verification.accounts_client import AccountsClient, Person
from api.verification.claims import Claim
from api.verification.errors import CheckFailed, FormIncomplete, LinkUnusable
from api.verification.models import Verification
from api.verification.offers import LIFE
from api.verification.passes import LIFE as PASS_LIFE
from api.verification.passes import Pass
from api.verification.repository import VerificationRepository

MOST_EXTENSIONS = 10


@dataclass(frozen=True)
class Form:
    """What the page needs: what for, whom to pick (in the demo), and how long there is."""

    purpose: str
    persons: Sequence[Person]
    until: datetime
    extensions_left: int


@dataclass(frozen=True)
class Checked:
    """The result for this page, and what the browser carries to see it again."""

    purpose: str
    channel: str
    replies: Sequence[Rendered]
    granted: Pass


class VerificationService:
    """The rules of the form."""

    def __init__(
        self,
        database: Database,
        accounts: AccountsClient,
        leases: Leases,
        answering: AnsweringService,
        clock: Clock,
        bell: Bell,
        note: str,
        mode: str,
    ) -> None:
        """`note` stands in the transcript where the person's message would be."""
        self._database, self._accounts, self._clock = database, accounts, clock
        self._leases, self._answering, self._bell = leases, answering, bell
        self._note, self._mode = note, mode

    @property
    def demo(self) -> bool:
        """Say whether samples are picked and nothing is entered."""
        return self._mode != "live"

    async def form(self, token: str) -> Form:
        """Return the form of a link; raises LinkUnusable and AccountsDown."""
        found = await self._usable(token)
        persons = await self._accounts.demo_persons() if self.demo else []
        left = MOST_EXTENSIONS - found.extensions
        return Form(found.purpose, persons, found.expires_at, left)

    async def extend(self, token: str) -> None:
        """Give ten minutes more, ten times at most; raises LinkUnusable."""
        found = await self._usable(token)
        if found.extensions < MOST_EXTENSIONS:
            async with self._database.transaction(found.conversation_id) as session:
                await VerificationRepository(session).extend(found, self._clock() + LIFE)

    async def look(self, token: str, claim: Claim) -> None:
        """Check what was entered before it is sent; raises LinkUnusable and FormIncomplete."""
        faults = claim.faults((await self._usable(token)).purpose, demo=self.demo)
        if faults:
            raise FormIncomplete(faults)

    async def verify(self, token: str, claim: Claim, browser: str) -> Checked:
        """Use the link up for `claim` and return the private answer.

        Raises LinkUnusable, FormIncomplete, TooManyChecks and AccountsDown, after which the link
        stays good where it was, and CheckFailed. The claim is passed on and forgotten.
        """
        await self.look(token, claim)
        verification, client = await self._usable(token), digest(browser)
        async with self._database.reading() as session:
            verifications = VerificationRepository(session)
            await limits.check(verifications, verification, client, self._clock)
        handle = await self._accounts.verify(verification.purpose, claim, client)
        message = await self._use(verification, client, handle)
        finished = await self._answering.answer(message, on_page=True)
        # The chat that the link was given in, and whoever delivers to another platform.
        self._bell.ring(message.conversation_id, OUTBOX)
        replies = [*finished.rendered] if finished else []
        if not replies or any(each.answer.entry.apology for each in replies):
            raise CheckFailed("no result")
        private = [each for each in replies if each.private]
        until = int((self._clock() + PASS_LIFE).timestamp())
        granted = Pass(
            message.conversation_id, verification.id, verification.purpose, handle, until
        )
        return Checked(verification.purpose, message.channel, private or replies, granted)

    async def channel_of(self, token: str) -> str:
        """Return the channel where the link was given, used or not; empty for no link of ours."""
        async with self._database.reading() as session:
            return await VerificationRepository(session).channel(digest(token))

    async def _usable(self, token: str) -> Verification:
        async with self._database.reading() as session:
            repository = VerificationRepository(session)
            found = await repository.usable(digest(token), self._clock())
        if found is None or self._mode == "off":
            raise LinkUnusable()
        return found

    async def _use(self, verification: Verification, browser: str, handle: str) -> InboxMessage:
        """Use the link up and write the message "verified" down, in one transaction."""
        async with self._database.transaction(verification.conversation_id) as session:
            repository = VerificationRepository(session)
            if not await repository.use(verification, browser, self._clock()):
                raise LinkUnusable()
            conversation = await ConversationRepository(session).get(verification.conversation_id)
            assert conversation is not None
            message = self._message(conversation, verification, handle)
            await self._leases.claim_new(session, message)
        return message

    def _message(
        self, conversation: Conversation, verification: Verification, handle: str
    ) -> InboxMessage:
        return InboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            channel=conversation.channel,
            event_id=verification.id,
            text=self._note,
            payload={"intent": f"verified_{verification.purpose}", "grant": handle},
            masked=[],
            receipt=current_receipt(),
            received_at=self._clock(),
        )
