"""Let one person through the form once, and show the answer to that browser only."""

from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.conversations.repository import ConversationRepository
from api.chat.inbox.models import InboxMessage
from api.chat.rendering import Rendered
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import InvalidRequest
from api.kit.ids import digest, new_id, new_receipt
from api.verification.accounts_client import AccountsClient, Person
from api.verification.errors import LinkUnusable
from api.verification.models import Verification
from api.verification.repository import VerificationRepository


class VerificationService:
    """The rules of the form."""

    def __init__(
        self,
        database: Database,
        accounts: AccountsClient,
        leases: Leases,
        answering: AnsweringService,
        clock: Clock,
        note: str,
    ) -> None:
        """`note` stands in the transcript where the person's message would be."""
        self._database, self._accounts, self._clock = database, accounts, clock
        self._leases, self._answering, self._note = leases, answering, note

    async def persons(self, token: str) -> list[Person]:
        """Return whom the form offers; raises LinkUnusable and AccountsDown."""
        await self._usable(token)
        return await self._accounts.demo_persons()

    async def verify(self, token: str, person: str) -> list[Rendered]:
        """Use the link up for `person` and return the private answer.

        Raises LinkUnusable, InvalidRequest for nobody picked, and AccountsDown; the link stays
        good after the last two.
        """
        verification = await self._usable(token)
        if not person or len(person) > 64:
            raise InvalidRequest("no person")
        handle = await self._accounts.verify(verification.purpose, person)
        message = await self._use(verification, handle)
        return await self._answering.answer(message, on_page=True)

    async def channel_of(self, token: str) -> str:
        """Return the channel where the link was given, used or not; empty for no link of ours."""
        async with self._database.reading() as session:
            return await VerificationRepository(session).channel(digest(token))

    async def _usable(self, token: str) -> Verification:
        async with self._database.reading() as session:
            repository = VerificationRepository(session)
            found = await repository.usable(digest(token), self._clock())
        if found is None:
            raise LinkUnusable()
        return found

    async def _use(self, verification: Verification, handle: str) -> InboxMessage:
        """Use the link up and write the message "verified" down, in one transaction."""
        async with self._database.transaction() as session:
            if not await VerificationRepository(session).use(verification, self._clock()):
                raise LinkUnusable()
            conversation = await ConversationRepository(session).get(verification.conversation_id)
            assert conversation is not None
            message = InboxMessage(
                id=new_id("m"),
                conversation_id=conversation.id,
                channel=conversation.channel,
                event_id=verification.id,
                text=self._note,
                payload={"intent": f"verified_{verification.purpose}", "grant": handle},
                masked=[],
                receipt=new_receipt(),
                received_at=self._clock(),
            )
            await self._leases.claim_new(session, message)
        return message
