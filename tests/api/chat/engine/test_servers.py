"""Several Rasa servers: one that is dead, hangs or fails costs nobody an answer."""

import asyncio

import aiohttp
import pytest

from api.chat.engine.protocol import EngineFailed
from api.chat.engine.rasa import QUIET_SECONDS, TIMEOUT_SECONDS
from api.chat.engine.servers import LOOK_SECONDS
from tests.api.chat.engine.conftest import Serve, ask, engine_of, measured
from tests.fakes.rasa import FAILS, HANGS, WELL

# What one server that hangs costs: the silence that is noticed, and the look.
ONE_HANGING = QUIET_SECONDS + LOOK_SECONDS
A_BIT = 1.5


async def test_servers_take_turns(http: aiohttp.ClientSession, serve: Serve) -> None:
    servers = [serve(), serve()]
    engine = engine_of(http, *(each.url for each in servers))
    for _ in range(4):
        await measured(engine)
    assert [each.turns for each in servers] == [2, 2]


@pytest.mark.parametrize("turn", range(2))
async def test_a_dead_server_costs_no_message(
    http: aiohttp.ClientSession, serve: Serve, nobody: str, turn: int
) -> None:
    urls = [nobody, serve().url]
    answer, seconds = await measured(engine_of(http, *urls[turn:], *urls[:turn]))
    assert answer == "greeting"
    assert seconds < A_BIT


async def test_a_hanging_server_costs_less_than_one_time_out(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    hanging = serve(HANGS)
    engine = engine_of(http, hanging.url, serve().url)
    both = [await measured(engine), await measured(engine)]
    assert [answer for answer, _ in both] == ["greeting"] * 2
    assert ONE_HANGING - A_BIT < sum(seconds for _, seconds in both) < ONE_HANGING + A_BIT


async def test_one_dead_and_one_hanging_keep_nobody_longer_than_one_time_out(
    http: aiohttp.ClientSession, serve: Serve, nobody: str
) -> None:
    engine = engine_of(http, nobody, serve(HANGS).url)
    for _ in range(3):
        answer, seconds = await measured(engine)
        assert answer is None
        assert seconds < TIMEOUT_SECONDS


async def test_several_hanging_servers_keep_nobody_longer_than_one_time_out(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    engine = engine_of(http, *(serve(HANGS).url for _ in range(3)))
    answer, seconds = await measured(engine)
    assert answer is None
    assert seconds < TIMEOUT_SECONDS + A_BIT


async def test_a_slow_server_that_lives_is_waited_for(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    engine = engine_of(http, serve(slow_seconds=ONE_HANGING + 1).url)
    answer, _ = await measured(engine)
    assert answer == "greeting"


async def test_while_looked_after_a_hanging_server_is_asked_once(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    hanging = serve(HANGS)
    engine = engine_of(http, hanging.url, serve().url)
    await engine.look()
    for _ in range(6):
        answer, seconds = await measured(engine)
        assert answer == "greeting"
        assert seconds < A_BIT
        await asyncio.gather(engine.look(), asyncio.sleep(1))
    assert hanging.turns == 0


async def test_a_server_that_is_back_is_asked_again(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    server = serve(HANGS)
    engine = engine_of(http, server.url)
    assert not await engine.look()
    assert await measured(engine) == (None, pytest.approx(0, abs=A_BIT))
    server.mood = WELL
    assert await engine.look()
    assert (await measured(engine))[0] == "greeting"


async def test_a_turn_that_fails_on_one_server_is_tried_on_the_next(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    engine = engine_of(http, serve(FAILS).url, serve().url)
    assert [(await measured(engine))[0] for _ in range(4)] == ["greeting"] * 4


async def test_a_failed_turn_is_no_reason_to_leave_a_server_alone(
    http: aiohttp.ClientSession, serve: Serve
) -> None:
    server = serve(FAILS)
    engine = engine_of(http, server.url)
    await measured(engine)
    server.mood = WELL
    assert (await measured(engine))[0] == "greeting"


async def test_forgetting_goes_to_a_server_that_lives(
    http: aiohttp.ClientSession, serve: Serve, nobody: str
) -> None:
    server = serve()
    engine = engine_of(http, nobody, server.url)
    await engine.forget("c-1")
    await engine.forget("c-2")
    assert [each["to"] for each in server.accepted] == ["c-1", "c-2"]


async def test_every_server_is_told_to_forget(http: aiohttp.ClientSession, serve: Serve) -> None:
    servers = [serve(), serve()]
    await engine_of(http, *(each.url for each in servers)).forget("c-1")
    assert [[each["to"] for each in server.accepted] for server in servers] == [["c-1"], ["c-1"]]


async def test_what_nobody_forgets_is_said_to_fail(
    http: aiohttp.ClientSession, nobody: str
) -> None:
    with pytest.raises(EngineFailed):
        await engine_of(http, nobody).forget("c-1")


async def test_without_any_server_a_turn_fails_and_says_so(
    http: aiohttp.ClientSession, nobody: str
) -> None:
    with pytest.raises(EngineFailed):
        await engine_of(http, nobody).turn(ask())
