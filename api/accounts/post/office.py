"""Letters leave in the background: how long that takes tells nobody whether one was written."""

import asyncio

import structlog

from api.accounts.directory import Person
from api.accounts.post.letters import Carrier, Letter, Writer

_log = structlog.get_logger()


class PostOffice:
    """A queue and the loop that empties it."""

    def __init__(self, writer: Writer, carrier: Carrier) -> None:
        self._writer, self._carrier = writer, carrier
        self._queue: asyncio.Queue[Letter] = asyncio.Queue()

    def send(self, person: Person, code: str) -> None:
        """Queue the mail; a dead mailbox swallows it."""
        if person.mail_works:
            self._queue.put_nowait(self._writer.write(person, code))

    async def run(self) -> None:
        """Carry letters until cancelled; one that cannot be delivered is logged and dropped."""
        while True:
            letter = await self._queue.get()
            try:
                await self._carrier.carry(letter)
            except Exception as error:
                _log.warning("mail_failed", detail=type(error).__name__)
            self._queue.task_done()

    async def emptied(self) -> None:
        """Return once every letter queued so far has been carried."""
        await self._queue.join()
