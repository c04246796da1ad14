"""What a stranger would try: compare words and times of known and unknown accounts."""

import statistics
import time

import httpx

from tests.scenarios.beside import link_in, words
from tests.scenarios.conftest import Person, Stack

LOCK = "アカウントがロックされているか調べてください"
# Everything that is not a full match, as the form takes it.
KINDS = {
    "unknown address": {"mail": "nobody@example.jp", "number": "13010-00000011"},
    "known, wrong number": {"mail": "fine@example.jp", "number": "13010-99999999"},
    "locked, wrong number": {"mail": "locked@example.jp", "number": "13010-99999999"},
    "known, number unknown": {"mail": "fine@example.jp", "number_unknown": "1"},
    "dead mailbox": {"mail": "dead@example.jp", "number": "13010-99999999"},
}


def differences(address: str, kinds: dict[str, dict[str, str]]) -> set[tuple[str, str]]:
    """Return the pages, and the words in the chat, that are not the same as the first kind's."""
    pages, chats = {}, {}
    for name, fields in kinds.items():
        person = Person(address)
        page = httpx.post(
            link_in(person.hears(LOCK)), data={**fields, "action": "send"}, timeout=30
        )
        pages[name] = f"{page.status_code} {words(page)}"
        last = person.http.get(person.path, headers=person.headers).json()["messages"][-1]
        chats[name] = f"{last['text']}{last['details']}{last['answer_id']}"
        person.http.close()
    seen = [*pages.items(), *chats.items()]
    common = {seen[0][1], seen[len(pages)][1]}
    return {(name, text) for name, text in seen if text not in common}


def timed_form(address: str, rounds: int) -> dict[str, float]:
    """Return the 95th percentile of the seconds that the form takes, for each kind."""
    times: dict[str, list[float]] = {name: [] for name in KINDS}
    with httpx.Client(timeout=30) as http:
        for _ in range(rounds):
            for name, fields in KINDS.items():
                link = link_in(Person(address).hears(LOCK))
                began = time.perf_counter()
                http.post(link, data={**fields, "action": "send"}, headers={"Cookie": ""})
                times[name].append(time.perf_counter() - began)
    return {name: _p95(each) for name, each in times.items()}


def timed_handles(stack: Stack, rounds: int) -> dict[str, float]:
    """Return the same of the account API: a verification and the question after it."""
    token = (stack.var / "secrets.env").read_text("utf-8").split("HELPBOT_ACCOUNTS_TOKEN=")[1]
    headers = {"Authorization": f"Bearer {token.split()[0]}"}
    address = f"http://127.0.0.1:{stack.environment['HELPBOT_ACCOUNTS_PORT']}"
    times: dict[str, list[float]] = {name: [] for name in KINDS}
    with httpx.Client(base_url=address, headers=headers, timeout=30) as http:
        for number in range(rounds):
            for name, fields in KINDS.items():
                times[name].append(_checked(http, fields, f"{name} {number}"[:64]))
    return {name: _p95(each) for name, each in times.items()}


def _checked(http: httpx.Client, fields: dict[str, str], browser: str) -> float:
    claim = {"mail": fields["mail"], "number": fields.get("number", "")}
    began = time.perf_counter()
    body = {"purpose": "lockout", "client": browser, **claim}
    handle = http.post("/v1/verifications", json=body).json()["handle"]
    http.get(f"/v1/handles/{handle}/lockout")
    return time.perf_counter() - began


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
