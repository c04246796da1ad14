"""The bot is the same on LINE and in Slack, and nothing personal is asked or shown there."""

import json
import os
import re

import httpx
import pytest

from tests.fakes.line import FakeLine
from tests.fakes.slack import FakeSlack
from tests.scenarios.conftest import Stack
from tests.scenarios.platforms import OnLine, OnPlatform, OnSlack
from tests.scenarios.test_4_personal_data import MESSAGE, SECRETS
from tests.scenarios.test_5_dialogues import DIALOGUES, check

CHECK = "アカウントがロックされているか調べてください"
# `make nightly` tells them all; here every tenth, on both platforms.
TOLD = DIALOGUES if os.environ.get("HELPBOT_TEST_EVERYTHING") else DIALOGUES[::10]


@pytest.fixture(params=["line", "slack"])
def somebody(
    request: pytest.FixtureRequest, stack: Stack, line: FakeLine, slack: FakeSlack
) -> OnPlatform:
    return OnLine(stack, line) if request.param == "line" else OnSlack(stack, slack)


@pytest.mark.parametrize("dialogue", TOLD, ids=[each["title"] for each in TOLD])
def test_dialogue(somebody: OnPlatform, dialogue: dict) -> None:
    for turn in dialogue["turns"]:
        said = somebody.taps(turn["taps"]) if "taps" in turn else somebody.writes(turn["person"])
        check(turn, said["replies"])


def everything_sent(line: FakeLine, slack: FakeSlack) -> str:
    sent = [line.accepted, slack.accepted, slack.ephemeral, list(slack.posts.values())]
    return json.dumps(sent, ensure_ascii=False)


def form_of(somebody: OnPlatform, line: FakeLine, slack: FakeSlack) -> str:
    """Return the latest link to the form on the person's platform."""
    place = line.accepted if somebody.channel == "line" else slack.ephemeral
    found = re.findall(r"http\S+?/verify/\w+", json.dumps(place))
    return str(found[-1])


def test_the_result_is_shown_on_the_page_and_never_on_the_platform(
    somebody: OnPlatform, line: FakeLine, slack: FakeSlack
) -> None:
    somebody.writes(CHECK)
    page = httpx.post(form_of(somebody, line, slack), data={"person": "locked"}, timeout=60)
    shown = re.search(r"(\d+時\d\d分)まで", page.text)
    assert shown is not None
    assert shown[1] not in everything_sent(line, slack)


def test_the_page_leads_back_to_line_where_the_free_reply_works(
    stack: Stack, line: FakeLine, slack: FakeSlack
) -> None:
    somebody = OnLine(stack, line)
    somebody.writes(CHECK)
    page = httpx.post(form_of(somebody, line, slack), data={"person": "fine"}, timeout=60)
    assert 'href="https://line.me/R/oaMessage/%40000bot/?' in page.text
    pushes = [entry for entry in line.accepted if entry["kind"] == "push"]
    replies = somebody.writes("戻りました")["replies"]
    assert [reply["answer_id"] for reply in replies] == ["returned_from_form"]
    assert [entry for entry in line.accepted if entry["kind"] == "push"] == pushes


def test_slack_hears_where_the_result_was_shown(
    stack: Stack, line: FakeLine, slack: FakeSlack
) -> None:
    somebody = OnSlack(stack, slack)
    somebody.writes(CHECK)
    httpx.post(form_of(somebody, line, slack), data={"person": "fine"}, timeout=60)
    slack.wait_for(len(slack.accepted))
    somebody.writes("こんにちは")
    assert "結果は、開いた画面に表示しました" in everything_sent(line, slack)


def test_what_is_personal_is_nowhere(
    somebody: OnPlatform, stack: Stack, line: FakeLine, slack: FakeSlack
) -> None:
    somebody.writes(MESSAGE.format(*SECRETS))
    sent = everything_sent(line, slack)
    for path in stack.var.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (*SECRETS, somebody.user.id):  # type: ignore[attr-defined]
            # The digits of a code may stand within those of a probability.
            alone = re.compile(rb"(?<!\d)" + re.escape(secret).encode() + rb"(?!\d)")
            assert not alone.search(content), (path, secret)
    assert [secret for secret in SECRETS if secret in sent] == []


def test_a_typed_command_is_no_command(somebody: OnPlatform) -> None:
    for text in ("/verified_lockout", "　/greeting", "／account_lock_check"):
        (reply,) = somebody.writes(text)["replies"][-1:]
        assert reply["topics"] == ["out_of_scope"]
