"""Several machines on one: every process that answers twice, three databases on PostgreSQL."""

import shutil
import time
from pathlib import Path

import httpx
import psycopg

from tests.faults.stack import Stack
from tests.support.postgres import Cluster
from tests.support.servers import TOKEN, answers

RASAS = ("rasa", "rasa2")
WORKERS = ("worker", "worker2")


class Machines(Stack):
    """Two gateways, two workers, two Rasa servers; one tracker store for both of these."""

    parts = ("api", "api2", *WORKERS, *RASAS, "actions", "accounts")

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        super().__init__(folder)
        self.addresses = {name: cluster.create(name) for name in ("gateway", "accounts", "tracker")}

    def _environment(self, part: str) -> dict[str, str]:
        return {
            **super()._environment(part),
            "HELPBOT_WORKER": "on" if part in WORKERS else "off",
            "HELPBOT_DATABASE_URL": self.addresses["gateway"],
            "HELPBOT_ACCOUNTS_DATABASE_URL": self.addresses["accounts"],
            "HELPBOT_TRACKER_URL": self.addresses["tracker"],
            "HELPBOT_RASA_URLS": ",".join(self.url(each) for each in RASAS),
        }

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """See Tables.rows."""
        with psycopg.connect(self.addresses["gateway"]) as connection:
            return connection.execute(query.replace("?", "%s"), values).fetchall()

    def kill(self, part: str) -> None:
        """End a part without warning; it is started again."""
        self.processes[part].kill()

    def restart(self, part: str) -> None:
        """End a part as an operator would, and return when it answers again."""
        before = self.processes[part]
        before.terminate()
        before.wait(60)
        deadline = time.monotonic() + 120
        while self.processes[part] is before or not self.is_up(part):
            assert time.monotonic() < deadline, f"{part} did not come back"
            time.sleep(0.2)

    def is_up(self, part: str) -> bool:
        """Say whether a part answers; Rasa only once it has its model."""
        if part not in RASAS:
            path = "/health" if part == "actions" else "/healthz"
            return answers(self.url(part) + path)
        try:
            answer = httpx.get(f"{self.url(part)}/webhooks/turn/health", headers=_TOKEN, timeout=2)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    def swap(self, name: str) -> list[int]:
        """Let both Rasa servers take a copy of their model under another name."""
        present = Path(self._model)
        shutil.copy(present, present.with_name(name))
        return [
            httpx.put(
                f"{self.url(part)}/webhooks/turn/model", json={"file": name}, headers=_TOKEN,
                timeout=120,
            ).status_code
            for part in RASAS
        ]  # fmt: skip


_TOKEN = {"Authorization": f"Bearer {TOKEN}"}
