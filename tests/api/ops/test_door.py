"""The figures are for whoever runs this, and for nobody else."""

import pytest

from api.ops.door import may_read

TOKEN = "token-for-prometheus-0000"


def of(host: str = "127.0.0.1:8000", **more: str) -> dict[str, str]:
    return {"host": host, **{name.replace("_", "-"): value for name, value in more.items()}}


@pytest.mark.parametrize("client", ["127.0.0.1", "127.0.1.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_read(client: str) -> None:
    assert may_read(client, of(), "")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "[::1]:8000", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert may_read("127.0.0.1", of(host), "")


@pytest.mark.parametrize("client", ["203.0.113.9", "10.0.0.2", "::ffff:10.0.0.2", "", None, "x"])
def test_another_machine_may_not(client: str | None) -> None:
    assert not may_read(client, of(), "")


@pytest.mark.parametrize(
    "header",
    ["x_forwarded_for", "X_Forwarded_For", "x_forwarded_host", "forwarded", "x_real_ip", "via"],
)
def test_a_proxy_on_this_machine_does_not_make_the_world_local(header: str) -> None:
    assert not may_read("127.0.0.1", of(**{header: "127.0.0.1"}), "")


@pytest.mark.parametrize("host", ["bot.example.jp", "bot.example.jp:443", "", "127.0.0.1.evil.jp"])
def test_a_proxy_that_tells_nothing_is_known_by_the_name_it_was_asked_for(host: str) -> None:
    assert not may_read("127.0.0.1", of(host), "")


def test_with_a_token_it_may_come_from_anywhere() -> None:
    headers = of("bot.example.jp", authorization=f"Bearer {TOKEN}", x_forwarded_for="10.0.0.2")
    assert may_read("10.0.0.1", headers, TOKEN)


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", TOKEN, "Bearer é"])
def test_where_a_token_is_set_nothing_else_opens(given: str) -> None:
    assert not may_read("127.0.0.1", of(authorization=given), TOKEN)
