"""The app manifest in docs/channels.md asks Slack for what the code needs, and for nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.channels.slack import endpoints
from api.channels.slack.needs import CALLS, EVENTS, SCOPES
from api.channels.slack.parse import parse_event

ROOT = Path(__file__).parents[4]
PUBLIC = "https://bot.example.jp"
# What Slack would send as well, were it asked to.
NEEDLESS = [
    "message.channels",
    "message.groups",
    "message.mpim",
    "reaction_added",
    "app_home_opened",
]


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    text = (ROOT / "docs/channels.md").read_text("utf-8")
    (block,) = re.findall(
        r"^```yaml\n(display_information:.*?)^```$", text, re.MULTILINE | re.DOTALL
    )
    return yaml.safe_load(block)


def understood(event: str) -> bool:
    kind, _, place = event.partition(".")
    said = {"type": kind, "channel_type": place, "channel": "C1", "user": "U1", "ts": "1.1"}
    said |= {"text": "x"}
    return bool(parse_event(json.dumps({"type": "event_callback", "event": said}).encode()))


def test_its_scopes_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)
    assert [*manifest["oauth_config"]["scopes"]] == ["bot"]


def test_its_events_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    assert sorted(manifest["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS)


def test_each_of_its_events_is_read(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert [each for each in events if not understood(each)] == []


def test_no_other_event_would_be_read() -> None:
    assert [each for each in NEEDLESS if understood(each)] == []


def test_the_calls_with_known_scopes_are_those_that_the_client_makes() -> None:
    source = (ROOT / "api/channels/slack/client.py").read_text("utf-8")
    assert {*re.findall(r"_web\.(\w+)\(", source)} == {*CALLS}


def test_its_addresses_are_those_at_which_we_listen(manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    asked = {settings[each]["request_url"] for each in ("event_subscriptions", "interactivity")}
    assert asked == {PUBLIC + route.path for route in endpoints.router.routes}
    assert settings["interactivity"]["is_enabled"] is True


def test_people_may_write_to_the_bot_directly(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False


def test_it_says_that_the_bot_is_not_official(manifest: dict[str, Any]) -> None:
    assert "公式サービスではありません" in manifest["display_information"]["description"]
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
