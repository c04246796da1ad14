"""Somebody else's account is known by the words, in whatever relation."""

import pytest

from api.chat.answering.hearing import Hearing

HEARING = Hearing()


@pytest.mark.parametrize(
    "text",
    [
        "妻のアドレスで調べて",
        "息子のマイページがロックされたか見て",
        "うちの社員の登録がどうなっているか調べてください",
        "元夫がハローワークに登録しているか知りたい",
        "別人のアドレスで確認してもいい？",
        "妻に番号を送り直して",
        "娘に送られた番号を教えて",
        "本人の代わりに家族がロックを調べられますか",
        "父のかわりにロックを調べたい",
        "祖母のパスワードを調べて",
        "隣の人の登録状況を調べて",
        "田中さんのメールで確認して",
    ],
)
def test_who_asks_about_somebody_else_is_heard(text: str) -> None:
    assert HEARING.listen(text).others


@pytest.mark.parametrize(
    "text",
    [
        "自分のアカウントがロックされているか調べて",
        "友人に教えてもらって登録しました",
        "母のパソコンで見ています",
        "夫が仕事を探しています",
        "家族が増えたので名前を変えたい",
        "知り合いの会社の求人を見て応募したい",
        "息子に聞いてもわからないので教えてください",
        "担当者さんに電話で確認しました",
    ],
)
def test_who_only_mentions_somebody_is_not_refused(text: str) -> None:
    assert not HEARING.listen(text).others
