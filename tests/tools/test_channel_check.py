"""One sentence says what is wrong with a platform's setup."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from api.channels.contract import Way
from api.channels.slack import endpoints
from api.channels.slack.adapter import SlackAdapter
from api.kit import problems as refusals
from api.kit.clock import utc_now
from api.kit.sentences import load_sentences
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine
from tests.fakes.server import FakePlatform
from tests.fakes.slack import FakeSlack
from tools.channel_check import problems

PUBLIC = "https://bot.example"
LINE, SLACK = "LINE", "Slack"


class Gateway(FakePlatform):
    """Our own endpoint for Slack, with the signing secret that it was started with."""

    def __init__(self) -> None:
        super().__init__()
        refusals.install(self.app, load_sentences())
        self.app.include_router(endpoints.router)
        self.start(fake_slack.SECRET)

    def start(self, secret: str | None) -> None:
        """Start again: with another secret, or without Slack."""
        unused: Any = None
        ways = {"slack": Way(SlackAdapter(secret), unused)} if secret else {}
        platforms = SimpleNamespace(ways=ways)
        self.app.state.services = SimpleNamespace(platforms=platforms, clock=utc_now)


class Outside(httpx.HTTPTransport):
    """The way from outside to the gateway, which ends TLS."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return super().handle_request(request)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[FakeLine, FakeSlack, Gateway]]:
    with FakeLine().serving() as line, FakeSlack().serving() as slack, Gateway().serving() as own:
        yield line, slack, own


@pytest.fixture
def line(servers: tuple[FakeLine, FakeSlack, Gateway], monkeypatch: pytest.MonkeyPatch) -> FakeLine:
    return as_ever(servers[0], monkeypatch, "webhook", "active", "tried", "retry_after")


@pytest.fixture
def slack(
    servers: tuple[FakeLine, FakeSlack, Gateway], monkeypatch: pytest.MonkeyPatch
) -> FakeSlack:
    return as_ever(servers[1], monkeypatch, "scopes", "retry_after")


@pytest.fixture
def gateway(servers: tuple[FakeLine, FakeSlack, Gateway]) -> Gateway:
    servers[2].start(fake_slack.SECRET)
    return as_ever(servers[2])


def as_ever(fake: Any, monkeypatch: Any = None, *names: str) -> Any:
    """Return a fake without faults, of which `names` are put back after the test."""
    fake.faults.clear()
    for name in names:
        monkeypatch.setattr(fake, name, getattr(fake, name))
    return fake


class Setup:
    """All that can be wrong; `said` is what the check says about it."""

    def __init__(self, line: FakeLine, slack: FakeSlack, gateway: Gateway) -> None:
        self.port = gateway.port
        self.ahead = timedelta(0)
        self.values = {
            "HELPBOT_PUBLIC_URL": PUBLIC,
            "HELPBOT_LINE_CHANNEL_SECRET": fake_line.SECRET,
            "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN": fake_line.TOKEN,
            "HELPBOT_LINE_API_BASE": line.url,
            "HELPBOT_SLACK_SIGNING_SECRET": fake_slack.SECRET,
            "HELPBOT_SLACK_BOT_TOKEN": fake_slack.TOKEN,
            "HELPBOT_SLACK_API_BASE": f"{slack.url}/api",
        }

    def said(self) -> list[str]:
        """Return the sentences."""
        ways = {"https://": Outside(self.port)}
        with httpx.Client(mounts=ways, timeout=1) as http:
            return list(problems(self.values, http, datetime.now(UTC) + self.ahead))

    def only(self) -> str:
        """Return the one sentence, of which there has to be one."""
        (sentence,) = self.said()
        assert sentence.count("。") == 1
        assert sentence.endswith("ください。")
        return sentence


@pytest.fixture
def setup(line: FakeLine, slack: FakeSlack, gateway: Gateway) -> Setup:
    return Setup(line, slack, gateway)


def test_nothing_is_said_where_all_is_well(setup: Setup) -> None:
    assert setup.said() == []


def test_where_nothing_is_set_up_nothing_is_wrong(setup: Setup) -> None:
    setup.values = {}
    assert setup.said() == []


@pytest.mark.parametrize(
    ("name", "value", "platform"),
    [
        ("HELPBOT_LINE_CHANNEL_ACCESS_TOKEN", "wrong", LINE),
        ("HELPBOT_LINE_CHANNEL_ACCESS_TOKEN", "", LINE),
        ("HELPBOT_LINE_CHANNEL_SECRET", "", LINE),
        ("HELPBOT_SLACK_BOT_TOKEN", "wrong", SLACK),
        ("HELPBOT_SLACK_BOT_TOKEN", "", SLACK),
        ("HELPBOT_SLACK_SIGNING_SECRET", "", SLACK),
        ("HELPBOT_SLACK_SIGNING_SECRET", "another than the gateway's", SLACK),
    ],
)
def test_a_wrong_value_is_named(setup: Setup, name: str, value: str, platform: str) -> None:
    setup.values[name] = value
    sentence = setup.only()
    assert name in sentence
    assert platform in sentence


@pytest.mark.parametrize("platform", [LINE, SLACK])
def test_a_platform_that_cannot_be_reached_is_no_wrong_token(setup: Setup, platform: str) -> None:
    setup.values[f"HELPBOT_{platform.upper()}_API_BASE"] = "http://127.0.0.1:9"
    sentence = setup.only()
    assert f"{platform}につながらない" in sentence
    assert "ネットワーク" in sentence


@pytest.mark.parametrize("fault", ["hang"])
@pytest.mark.parametrize("platform", [LINE, SLACK])
def test_a_platform_that_never_answers_is_no_wrong_token(
    setup: Setup, line: FakeLine, slack: FakeSlack, platform: str, fault: str
) -> None:
    {LINE: line, SLACK: slack}[platform].faults.append(fault)
    assert "ReadTimeout" in setup.only()


@pytest.mark.parametrize("call", [0, 1, 2])
@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("limit", "7秒ほど待って"),
        ("fail", "LINEの側に障害があるため（500）"),
        ("503", "LINEの側に障害があるため（503）"),
        ("302", "HELPBOT_LINE_API_BASE"),
    ],
)
def test_each_failure_of_line_is_no_wrong_token(
    setup: Setup, line: FakeLine, fault: str, word: str, call: int
) -> None:
    line.retry_after = 7
    line.faults.extend([""] * call + [fault])
    sentence = setup.only()
    assert word in sentence
    assert "TOKEN" not in sentence


@pytest.mark.parametrize("status", ["401", "403"])
def test_a_token_that_line_refuses_is_one(setup: Setup, line: FakeLine, status: str) -> None:
    line.faults.append(status)
    assert "HELPBOT_LINE_CHANNEL_ACCESS_TOKEN" in setup.only()


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("limit", "7秒ほど待って"),
        ("fail", "Slackの側に障害があるため（500）"),
        ("404", "HELPBOT_SLACK_API_BASE"),
    ],
)
def test_each_failure_of_slack_is_no_wrong_token(
    setup: Setup, slack: FakeSlack, fault: str, word: str
) -> None:
    slack.retry_after = 7
    slack.faults.append(fault)
    sentence = setup.only()
    assert word in sentence
    assert "TOKEN" not in sentence


@pytest.mark.parametrize("platform", [LINE, SLACK])
def test_an_address_that_is_not_https_is_named(setup: Setup, platform: str) -> None:
    setup.values["HELPBOT_PUBLIC_URL"] = "http://bot.example"
    (sentence,) = [each for each in setup.said() if each.startswith(platform)]
    assert "HELPBOT_PUBLIC_URL" in sentence


def test_a_webhook_url_that_line_was_never_told_is_named(setup: Setup, line: FakeLine) -> None:
    line.webhook = ""
    assert f"{PUBLIC}/channels/line/webhook" in setup.only()


def test_another_webhook_url_than_ours_is_named_with_ours(setup: Setup, line: FakeLine) -> None:
    line.webhook = "https://old.example/webhook"
    sentence = setup.only()
    assert "https://old.example/webhook" in sentence
    assert f"{PUBLIC}/channels/line/webhook" in sentence


def test_a_webhook_that_is_switched_off_is_named(setup: Setup, line: FakeLine) -> None:
    line.active = False
    assert "「Webhookの利用」" in setup.only()


def test_a_signature_that_the_gateway_refuses_is_a_wrong_channel_secret(
    setup: Setup, line: FakeLine
) -> None:
    line.tried = (401, "ERROR_STATUS_CODE")
    assert "HELPBOT_LINE_CHANNEL_SECRET" in setup.only()


@pytest.mark.parametrize(
    "tried",
    [(0, "COULD_NOT_CONNECT"), (0, "REQUEST_TIMEOUT"), (404, "ERROR_STATUS_CODE")],
)
def test_a_webhook_that_line_cannot_call_is_no_wrong_secret(
    setup: Setup, line: FakeLine, tried: tuple[int, str]
) -> None:
    line.tried = tried
    sentence = setup.only()
    assert tried[1] in sentence
    assert "SECRET" not in sentence


@pytest.mark.parametrize("scope", sorted(FakeSlack().scopes.split(",")))
def test_each_scope_that_is_missing_is_named(setup: Setup, slack: FakeSlack, scope: str) -> None:
    slack.scopes = ",".join(each for each in slack.scopes.split(",") if each != scope)
    assert scope in setup.only()


def test_a_gateway_that_runs_with_another_signing_secret_is_found(
    setup: Setup, gateway: Gateway
) -> None:
    gateway.start("the secret of yesterday")
    assert "HELPBOT_SLACK_SIGNING_SECRET" in setup.only()


def test_a_gateway_that_runs_without_slack_is_a_wrong_address(
    setup: Setup, gateway: Gateway
) -> None:
    gateway.start(None)
    sentence = setup.only()
    assert "Request URL" in sentence
    assert "404" in sentence


def test_an_address_at_which_nobody_listens_is_a_wrong_address(setup: Setup) -> None:
    setup.port = 9
    sentence = setup.only()
    assert f"{PUBLIC}/channels/slack/events" in sentence
    assert "SECRET" not in sentence


def test_a_stranger_who_says_yes_to_everything_is_a_wrong_address(
    setup: Setup, gateway: Gateway
) -> None:
    gateway.faults.append("200")
    assert "Request URL" in setup.only()


@pytest.mark.parametrize(("minutes", "side"), [(6, "進んで"), (-6, "遅れて")])
def test_a_clock_that_is_six_minutes_wrong_is_all_that_is_found(
    setup: Setup, minutes: int, side: str
) -> None:
    setup.ahead = timedelta(minutes=minutes)
    of_line, of_slack = setup.said()
    assert "LINEの時計" in of_line
    assert "Slackの時計" in of_slack
    assert all(side in each and "NTP" in each for each in (of_line, of_slack))


def test_a_wrong_clock_is_found_where_the_token_is_wrong_too(setup: Setup) -> None:
    setup.ahead = timedelta(minutes=6)
    setup.values["HELPBOT_LINE_CHANNEL_ACCESS_TOKEN"] = "wrong"
    assert len([each for each in setup.said() if LINE in each]) == 2
