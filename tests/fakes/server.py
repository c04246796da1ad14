"""What both fakes share: a server in a thread, a log of what was accepted, wanted failures."""

import asyncio
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response

from tests.support.servers import free_port

# Longer than any client's patience.
HANG_SECONDS = 12.0


class FakePlatform:
    """Counts calls, accepts or fails them, and remembers what it accepted."""

    def __init__(self, log: Path | None = None, port: int = 0) -> None:
        self.app = FastAPI()
        self.port = port or free_port()
        self.calls: Counter[str] = Counter()
        self.accepted: list[dict[str, Any]] = []
        self.refused: list[str] = []
        # What happens to the next calls: fail, limit, hang, lose (take it, then never answer),
        # or a status.
        self.faults: deque[str] = deque()
        self.retry_after = 1
        self._log = log
        self.app.middleware("http")(self._with_faults)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def _with_faults(self, request: Request, call_next: Any) -> Response:
        self.calls[request.url.path] += 1
        fault = self.faults.popleft() if self.faults else ""
        if fault == "fail":
            return Response("{}", 500)
        if fault.isdecimal():
            return Response("{}", int(fault))
        if fault == "limit":
            return Response(
                '{"ok":false,"error":"ratelimited"}', 429, {"Retry-After": str(self.retry_after)}
            )
        if fault == "hang":
            await asyncio.sleep(HANG_SECONDS)
            return Response("{}", 503)
        answer: Response = await call_next(request)
        if fault == "lose":
            await asyncio.sleep(HANG_SECONDS)
        return answer

    def accept(self, kind: str, to: str, body: Any, **more: Any) -> None:
        """Remember that something was accepted, in memory and in the log."""
        entry = {"at": time.time(), "kind": kind, "to": to, "body": body, **more}
        self.accepted.append(entry)
        if self._log:
            with self._log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def wait_for(self, count: int, seconds: float = 15) -> list[dict[str, Any]]:
        """Return what was accepted once there is that much; fail when it is not in time."""
        deadline = time.monotonic() + seconds
        while len(self.accepted) < count:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.accepted)} of {count} came; {self.refused}")
            time.sleep(0.02)
        return self.accepted

    @contextmanager
    def serving(self) -> Iterator["FakePlatform"]:
        """Listen until the block ends."""
        config = uvicorn.Config(
            self.app,
            host="127.0.0.1",
            port=self.port,
            log_config=None,
            access_log=False,
            lifespan="off",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield self
        finally:
            server.should_exit = server.force_exit = True
            thread.join(5)
