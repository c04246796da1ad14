"""Ports, and what listens on them."""

import contextlib
from collections.abc import Iterator, Mapping

import httpx
import psutil

from tools import environment, preflight, processes
from tools.doctor.finding import Finding, refusal, well, wrong
from tools.paths import LOGS, VAR

_LOG_OF = {
    "HELPBOT_PORT": "api",
    "HELPBOT_WORKER_PORT": "worker",
    "HELPBOT_ACCOUNTS_PORT": "accounts",
    "HELPBOT_RASA_PORT": "rasa",
    "HELPBOT_ACTIONS_PORT": "actions",
}
_PROBES = {
    "api": "/readyz",
    "worker": "/readyz",
    "accounts": "/healthz",
    "rasa": "/",
    "actions": "/health",
}


def ports() -> Iterator[Finding]:
    """Say whether each port is free for us, or held by us."""
    if fault := refusal(environment.ports):
        yield wrong("ports", fault)
        return
    chosen, ours = environment.ports(), _ours()
    faults = [_fault(name, port, ours) for name, port in chosen.items()]
    yield from (wrong("ports", fault) for fault in faults if fault)
    if not any(faults):
        yield well("ports", ", ".join(_state(*each, ours) for each in chosen.items()) + ".")


def _state(name: str, port: int, ours: Mapping[int, int]) -> str:
    return f"{port} {_LOG_OF[name]} (process {ours[port]})" if port in ours else f"{port} free"


def _fault(name: str, port: int, ours: Mapping[int, int]) -> str:
    if port in ours:
        return ""
    taken = refusal(lambda: preflight.check_port(name, port))
    if taken:
        return taken
    if processes.supervisor():
        part = _LOG_OF[name]
        return f"{part} does not listen on {port}: {LOGS / part}.log says why at its end."
    return ""


def _ours() -> dict[int, int]:
    """Return the ports on which processes of this tree's var folder listen, and their ids."""
    found: dict[int, int] = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("HELPBOT_SUPERVISED") == str(VAR):
                connections = process.net_connections("tcp")
                listening = (each.laddr.port for each in connections if each.status == "LISTEN")
                found |= dict.fromkeys(listening, process.pid)
    return found


def running() -> Iterator[Finding]:
    """Ask each part whether it answers, where it should."""
    if not processes.supervisor() or refusal(environment.ports):
        return
    chosen = environment.ports()
    faults = [_silence(name, chosen[name]) for name in _LOG_OF]
    yield from (wrong("running", fault) for fault in faults if fault)
    if not any(faults):
        yield well("running", "all five parts answer, the gateway is ready.")


def _silence(name: str, port: int) -> str:
    """Return what is wrong with the answer of one part; empty when nothing is."""
    part = _LOG_OF[name]
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}{_PROBES[part]}", timeout=5)
    except httpx.HTTPError as error:
        return (
            f"{part} does not answer on {port} ({type(error).__name__}): kill its process, and the "
            f"supervisor starts it again; {LOGS / part}.log says more at its end."
        )
    if answer.status_code != 200:
        return (
            f"{part} is not ready ({answer.status_code}): give it a minute after a start; after "
            f"that, {LOGS / 'rasa.log'} says why at its end."
        )
    return ""
