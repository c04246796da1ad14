"""Read /metrics as Prometheus on this machine does."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

LOCAL = {"Host": "127.0.0.1:8000"}
Figures = Callable[..., Awaitable[float | None]]


async def page(client: httpx.AsyncClient) -> str:
    answer = await client.get("/metrics", headers=LOCAL)
    assert answer.status_code == 200, answer.text
    return answer.text


def value(text: str, name: str, **labels: str) -> float | None:
    """Return the sum of the samples called `name` that carry `labels`; None without any."""
    found = [
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    return sum(found) if found else None


@pytest.fixture
def figure(client: httpx.AsyncClient) -> Figures:
    async def of(name: str, **labels: str) -> float | None:
        return value(await page(client), name, **labels)

    return of
