"""Answers on the website without a way through the queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress

from api.chat.answering.finished import Finished
from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.bell import Bell
from api.chat.inbox.models import InboxMessage
from api.chat.loop import note_failure
from api.chat.outbox.delivery import reads_history
from api.kit.tasks import begin


class AtOnce:
    """Answers what this process accepted: up to `most` messages, `count` at the same time.

    A message is written down with a worker's mark on it: should this process die, the mark lapses
    and a worker takes over. What comes beyond `most` goes the way through the queue.
    """

    def __init__(
        self, leases: Leases, answering: AnsweringService, bell: Bell, most: int, count: int
    ) -> None:
        self._leases, self._answering, self._bell = leases, answering, bell
        self._most, self._tasks = most, set[asyncio.Task[None]]()
        self._awaited: dict[str, asyncio.Future[Finished | None]] = {}
        self._free = asyncio.Semaphore(count)

    def free_for(self, message: InboxMessage) -> bool:
        """Say whether it is ours; not what is to be sent elsewhere, or has to wait."""
        waits = message.not_before is not None
        return len(self._tasks) < self._most and not waits and reads_history(message.channel)

    def take(self, message: InboxMessage) -> None:
        """Mark a new message as ours."""
        self._leases.hold(message)

    def begin(self, message: InboxMessage) -> None:
        """Ask the engine now; the answer is written by a task."""
        self._awaited[message.id] = asyncio.get_running_loop().create_future()
        task = begin(self._answer(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finished(self, message_id: str, seconds: float) -> Finished | None:
        """Wait for a message that is in hand; None where it is not, or is not done by then."""
        if awaited := self._awaited.get(message_id):
            await asyncio.wait([awaited], timeout=seconds)
            return awaited.result() if awaited.done() else None
        return None

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand; what takes longer than `seconds` is left to the workers."""
        if tasks := [*self._tasks]:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    @asynccontextmanager
    async def _turn(self, message: InboxMessage) -> AsyncIterator[bool]:
        """Let the others go first that came before; the message stays ours meanwhile.

        Yields whether there were any: then somebody of the staff may have come in between.
        """
        waits = self._free.locked()
        async with self._leases.kept(message) if waits else nullcontext():
            await self._free.acquire()
        try:
            yield waits
        finally:
            self._free.release()

    async def _answer(self, message: InboxMessage) -> None:
        awaited = self._awaited[message.id]
        try:
            async with self._turn(message) as waited:
                tell = awaited.set_result
                await self._answering.answer(message, free=not waited, tell=tell)
        except Exception as error:
            # Its lease ends, and a worker takes it.
            note_failure(error)
        finally:
            del self._awaited[message.id]
            if not awaited.done():
                awaited.set_result(None)
            # What came behind it waits for a breath anyway, and is found by the workers' look.
            self._bell.ring(message.conversation_id)
