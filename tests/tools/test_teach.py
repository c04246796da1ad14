"""What staff judged right stays a test: the one a new model breaks is named."""

from pathlib import Path
from typing import Any

import pytest

from tools import teach

JUDGED = [
    ["番号が来ない", "otp_not_received", "c-1", "m-1"],
    ["鍵がかかった", "account_locked", "c-2", "m-2"],
]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Compare two models that hear what they are told to."""

    def compare(before: list[str], after: list[str]) -> dict[str, Any]:
        heard = {"before": before, "after": after, "model_id": "id-2"}
        monkeypatch.setattr(teach, "_heldout", lambda: [])
        monkeypatch.setattr(teach, "_understood", lambda *_: heard)
        order = {"candidates": [], "judged": JUDGED}
        result = teach._result(order, Path("old.tar.gz"), Path("helpbot-new.tar.gz"))
        return dict(result["scores"]["judged"])

    return compare


def test_a_judged_message_that_was_right_and_is_wrong_is_named_by_its_place(compared: Any) -> None:
    scores = compared(["otp_not_received", "account_locked"], ["otp_not_received", "menu"])
    assert scores["broken"] == ["c-2#m-2"]


def test_a_model_that_keeps_all_judged_messages_right_breaks_nothing(compared: Any) -> None:
    scores = compared(["menu", "account_locked"], ["otp_not_received", "account_locked"])
    assert (scores["broken"], scores["better"]) == ([], 1)
