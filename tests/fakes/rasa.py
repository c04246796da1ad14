"""A stand-in for a Rasa server's turn endpoint that can hang or fail whenever a test wants."""

import asyncio
from typing import Any

from fastapi import Request, Response

from tests.fakes.server import FakePlatform

WELL, HANGS, FAILS, SLOW = "well", "hangs", "fails", "slow"


class FakeRasa(FakePlatform):
    """Answers every message with `answer`; `mood` is how all its calls go."""

    def __init__(self, mood: str = WELL, answer: str = "greeting", slow_seconds: float = 0) -> None:
        super().__init__()
        self.mood, self.answer, self.slow_seconds = mood, answer, slow_seconds
        self.app.get("/webhooks/turn/health")(self._health)
        self.app.post("/webhooks/turn/")(self._turn)
        self.app.delete("/webhooks/turn/conversations/{conversation}")(self._forget)
        self.app.middleware("http")(self._in_this_mood)

    @property
    def turns(self) -> int:
        """How many messages came."""
        return self.calls["/webhooks/turn/"]

    async def _in_this_mood(self, request: Request, call_next: Any) -> Response:
        if self.mood == HANGS:
            self.calls[request.url.path] += 1
            await asyncio.sleep(60)
        answer: Response = await call_next(request)
        return answer

    async def _health(self) -> dict[str, str]:
        return {"status": "ok"}

    async def _turn(self, request: Request) -> Any:
        body = await request.json()
        if self.mood == FAILS:
            return Response('{"error": "turn_failed"}', 503)
        await asyncio.sleep(self.slow_seconds)
        self.accept("turn", body["conversation"], body)
        certain = {"name": self.answer, "confidence": 0.9}
        return {
            "messages": [{"answer": self.answer}], "intent": certain, "ranking": [certain],
            "segments": [], "model_id": "fake", "actions": [],
        }  # fmt: skip

    async def _forget(self, conversation: str) -> Response:
        self.accept("forget", conversation, None)
        return Response(status_code=204)
