"""Again, simpler, something else: worked out from what was said before."""

from tests.api.conftest import Talk


async def replies(talk: Talk, text: str) -> list[dict]:
    answer = await talk.send(text=text)
    found: list[dict] = answer.json()["replies"]
    return found


async def test_again_says_the_last_answer_once_more(talk: Talk) -> None:
    await talk.ask("ワンタイムパスワードが届きません")
    assert (await replies(talk, "もう一度言って"))[-1]["answer_id"] == "otp_not_received"


async def test_again_after_again_still_means_the_answer(talk: Talk) -> None:
    await talk.ask("ワンタイムパスワードが届きません")
    await replies(talk, "もう一度言って")
    assert (await replies(talk, "もう一度言って"))[-1]["answer_id"] == "otp_not_received"


async def test_simpler_says_the_last_answer_in_easy_japanese(talk: Talk) -> None:
    plain = await talk.ask("ワンタイムパスワードが届きません")
    easy = (await replies(talk, "やさしい日本語で"))[0]
    assert easy["answer_id"] == plain["answer_id"]
    assert "（めいわく）" in easy["text"] + "".join(easy["details"])


async def test_something_else_offers_what_was_not_tried(talk: Talk) -> None:
    await talk.ask("ワンタイムパスワードが届きません")
    offered = (await replies(talk, "他には？"))[0]["choices"]
    assert offered
    assert "番号のメールが届かない" not in [choice["label"] for choice in offered]


async def test_the_same_text_never_comes_twice_running(talk: Talk) -> None:
    first = await talk.ask("ワンタイムパスワードが届きません")
    second = await talk.ask("ワンタイムパスワードが届きません")
    assert second["text"] != first["text"]


async def test_an_answer_given_again_keeps_its_topic_and_its_words(talk: Talk) -> None:
    first = await talk.ask("ワンタイムパスワードが届きません")
    second = await talk.ask("ワンタイムパスワードが届きません")
    assert second["topics"] == first["topics"]
    assert first["text"] in second["details"]
