"""The contract of the public chat API, on the small engine."""

import re

import httpx

from tests.api.conftest import Talk, begin

OTP = "ワンタイムパスワードが届きません"
REPLY_FIELDS = {
    "id", "in_reply_to", "text", "details", "topics", "answer_id", "answer_version", "choices",
    "easy", "links", "source", "private", "created_at",
}  # fmt: skip


async def test_a_new_conversation_is_created_with_id_token_and_greeting(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/chat/conversations")
    assert (answer.status_code, set(answer.json())) == (
        201,
        {"conversation_id", "token", "replies"},
    )


async def test_the_greeting_answers_no_message(talk: Talk) -> None:
    assert talk.opened["replies"][0]["in_reply_to"] is None


async def test_the_greeting_says_machine_unofficial_and_no_personal_data(talk: Talk) -> None:
    greeting = talk.opened["replies"][0]
    whole = greeting["text"] + "".join(greeting["details"])
    assert all(word in whole for word in ("自動", "公式サービスではありません", "書かないで"))


async def test_a_reply_has_the_documented_fields(talk: Talk) -> None:
    assert set(await talk.ask(OTP)) == REPLY_FIELDS


async def test_the_topic_of_the_answer_is_reported(talk: Talk) -> None:
    assert (await talk.ask(OTP))["topics"] == ["otp_not_received"]


async def test_the_first_step_is_short(talk: Talk) -> None:
    assert len((await talk.ask(OTP))["text"]) <= 80


async def test_the_answer_names_its_source_and_dates(talk: Talk) -> None:
    source = (await talk.ask(OTP))["source"]
    assert set(source) == {"url", "source_date", "read_on", "verified_live_on"}


async def test_waiting_gives_the_outcome(talk: Talk) -> None:
    assert (await talk.send(text=OTP)).json()["outcome"] == "answered"


async def test_without_prefer_the_message_is_accepted_at_once(talk: Talk) -> None:
    del talk.headers["Prefer"]
    answer = await talk.send(text=OTP)
    assert (answer.status_code, set(answer.json())) == (202, {"message_id"})


async def test_the_same_client_message_id_gives_the_same_answer(talk: Talk) -> None:
    first = await talk.send("same", text=OTP)
    second = await talk.send("same", text="別の文")
    assert second.json() == first.json()


async def test_the_same_client_message_id_is_written_once(talk: Talk) -> None:
    await talk.send("same", text=OTP)
    await talk.send("same", text=OTP)
    assert [entry["from"] for entry in await talk.history()] == ["bot", "person", "bot"]


async def test_two_people_may_use_the_same_client_message_id(client: httpx.AsyncClient) -> None:
    one, other = await begin(client), await begin(client)
    await one.send("same", text=OTP)
    answer = await other.send("same", text="パスワードを忘れました")
    assert answer.json()["replies"][0]["topics"] == ["password_forgot"]


async def test_a_choice_is_answered_with_its_topic(talk: Talk) -> None:
    choice = talk.opened["replies"][0]["choices"][0]
    answer = await talk.send(choice_id=choice["id"])
    assert answer.json()["replies"][0]["topics"] == [choice["topic"]]


async def test_a_navigating_choice_answers_again(talk: Talk) -> None:
    choice = talk.opened["replies"][0]["choices"][0]
    await talk.send(choice_id=choice["id"])
    again = await talk.send(choice_id=choice["id"])
    assert again.json()["outcome"] == "answered"


async def test_a_taken_choice_stands_in_the_history_with_its_label(talk: Talk) -> None:
    choice = talk.opened["replies"][0]["choices"][0]
    await talk.send(choice_id=choice["id"])
    assert (await talk.history())[1]["text"] == choice["label"]


async def test_the_history_tells_who_said_what_in_order(talk: Talk) -> None:
    await talk.ask(OTP)
    history = await talk.history()
    assert [entry["from"] for entry in history] == ["bot", "person", "bot"]
    assert history[1]["text"] == OTP


async def test_the_history_can_be_read_from_a_message_on(talk: Talk) -> None:
    message_id = (await talk.send(text=OTP)).json()["message_id"]
    assert [entry["from"] for entry in await talk.history(after=message_id)] == ["bot"]


async def test_a_history_entry_of_the_bot_has_the_fields_of_a_reply(talk: Talk) -> None:
    reply = await talk.ask(OTP)
    entry = (await talk.history())[-1]
    assert {key: entry[key] for key in REPLY_FIELDS} == reply


async def test_the_answers_version_follows_its_words(talk: Talk) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", (await talk.ask(OTP))["answer_version"])


async def test_nothing_understood_is_the_topic_fallback(talk: Talk) -> None:
    assert (await talk.ask("むにゃむにゃ"))["topics"] == ["fallback"]


async def test_a_reply_carries_its_easy_words(talk: Talk) -> None:
    easy = (await talk.ask(OTP))["easy"]
    assert "（めいわく）" in easy["text"]


async def test_the_screens_to_choose_from_have_drawings(talk: Talk) -> None:
    greeting = talk.opened["replies"][0]
    choice = next(each for each in greeting["choices"] if "画面の絵" in each["label"])
    reply = (await talk.send(choice_id=choice["id"])).json()["replies"][0]
    assert len([each["picture"] for each in reply["choices"] if each["picture"]]) == 8


async def test_the_memos_address_is_told_to_the_owner(talk: Talk) -> None:
    path = talk.path.replace("/messages", "/memo")
    url = (await talk.client.get(path, headers=talk.headers)).json()["url"]
    assert (await talk.client.get(url)).status_code == 200
    assert (await talk.client.get(path)).status_code == 401
