import shutil
from pathlib import Path

import pytest

from api.content.catalogue import DATA, Catalogue, CatalogueError, load_catalogue


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def change(data: Path, name: str, old: str, new: str) -> None:
    path = data / "answers" / name
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


def test_the_catalogue_of_this_tree_is_sound() -> None:
    assert isinstance(load_catalogue(), Catalogue)


def test_changed_words_are_a_new_version(data: Path) -> None:
    before = load_catalogue(data)["otp_expired"].version
    change(data, "otp.yml", "ログインを最初からやり直して", "はじめからやり直して")
    assert load_catalogue(data)["otp_expired"].version != before


def test_changed_words_leave_other_answers_alone(data: Path) -> None:
    before = load_catalogue(data)["otp_not_received"].version
    change(data, "otp.yml", "番号の期限が切れた", "番号の期限")
    assert load_catalogue(data)["otp_not_received"].version == before


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("source: otp_notice_sakai", "source: hearsay", "no source 'hearsay'"),
        ("choices: [otp_resend_request", "choices: [nowhere", "no answer 'nowhere'"),
        ("title: 番号の期限が切れた", "titel: x", "otp_expired"),
        ("text: まず、", f"text: {'あ' * 80}", "otp_not_received"),
        ("  easy:\n", "  hard:\n", "otp_not_received"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(
    data: Path, old: str, new: str, complaint: str
) -> None:
    change(data, "otp.yml", old, new)
    with pytest.raises(CatalogueError, match=complaint):
        load_catalogue(data)


def test_an_answer_that_stands_twice_is_refused(data: Path) -> None:
    shutil.copy(data / "answers" / "otp.yml", data / "answers" / "otp2.yml")
    with pytest.raises(CatalogueError, match=r"stands in otp.yml and otp2.yml"):
        load_catalogue(data)


def test_a_figure_no_official_page_confirms_is_hedged() -> None:
    details = "".join(load_catalogue()["otp_expired"].entry.details)
    assert "30分が目安とされています" in details
    assert "確認できていません" in details
