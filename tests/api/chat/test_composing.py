"""What is said in the light of the whole conversation."""

import itertools

from tests.api.chat.conftest import Core

OTP = "ワンタイムパスワードが届きません"


def ids(replies: list[dict]) -> list[str]:
    return [reply["answer_id"] for reply in replies]


async def test_haste_brings_the_telephone_before_the_diagnosis(core: Core) -> None:
    replies = await core.hear("今日の17時が締切なのに入れません", "login_failed_general")
    assert ids(replies) == ["urgent", "login_failed_general"]


async def test_the_urgent_words_report_the_topic_of_the_trouble(core: Core) -> None:
    replies = await core.hear("面接が明日なのに番号が来ない", "otp_not_received")
    assert {topic for reply in replies for topic in reply["topics"]} == {"otp_not_received"}


async def test_haste_is_answered_once_in_a_conversation(core: Core) -> None:
    await core.hear("締切が今日です。ログインできません", "login_failed_general")
    assert ids(await core.hear("締切が今日なのに", "otp_not_received")) == ["otp_not_received"]


async def test_a_deadline_in_a_plain_question_is_no_haste(core: Core) -> None:
    replies = await core.hear("今日の17時が締切の求人はどう探しますか", "search_period")
    assert "urgent" not in ids(replies)


async def test_a_step_that_was_taken_before_is_not_advised(core: Core) -> None:
    await core.hear("迷惑メールは見ました", "greeting")
    replies = await core.hear(OTP, "otp_not_received")
    assert "迷惑メール" not in replies[0]["text"]


async def test_what_is_that_explains_the_last_answer(core: Core) -> None:
    await core.hear(OTP, "otp_not_received")
    assert ids(await core.hear("それは何？", "what_is_that")) == ["otp_what_is"]


async def test_what_is_that_says_it_simply_where_nothing_explains_it(core: Core) -> None:
    await core.hear("ロックされた", "account_locked")
    replies = await core.hear("どういう意味？", "what_is_that")
    assert (ids(replies), "（" in replies[0]["text"]) == (["account_locked"], True)


async def test_three_times_the_same_question_never_gets_the_same_first_words(core: Core) -> None:
    texts = [(await core.hear(OTP, "otp_not_received"))[0]["text"] for _ in range(4)]
    assert all(one != other for one, other in itertools.pairwise(texts))


async def test_after_three_steps_that_did_not_help_a_page_to_print_is_offered(core: Core) -> None:
    await core.hear(OTP, "otp_not_received")
    offered = [ids(await core.hear("もうやった", "already_tried"))[-1] for _ in range(4)]
    assert offered == ["already_tried", "more_again", "memo_offer", "more_again"]


async def test_a_foreign_language_gets_its_own_short_answer(core: Core) -> None:
    texts = [
        "비밀번호를 잊어버렸습니다",
        "我收不到验证码",
        "Tôi quên mật khẩu",
        "Esqueci minha senha",
    ]
    answers = [ids(await core.hear(text, "fallback")) for text in texts]
    assert answers == [[f"other_language__{name}"] for name in ("ko", "zh", "vi", "pt")]


async def test_english_that_was_understood_is_answered_under_its_topic(core: Core) -> None:
    reply = (await core.hear("I forgot my password", "password_forgot"))[0]
    assert (reply["topics"], "English:" in reply["details"][0]) == (["password_forgot"], True)


async def test_english_that_was_not_understood_points_to_the_help_desk(core: Core) -> None:
    assert ids(await core.hear("what is the of it", "fallback")) == ["other_language__en"]


async def test_care_comes_first_in_any_language(core: Core) -> None:
    assert ids(await core.hear("I want to die", "distress")) == ["distress"]


async def test_a_question_under_an_answer_takes_its_buttons_away(core: Core) -> None:
    await core.hear(OTP, "otp_not_received", "ask_otp_screen")
    history = await core.services.conversations.history(core.conversation.id)
    buttons = {said.reply.answer_id: len(said.choices) for said in history.said}
    assert (buttons["otp_not_received"], buttons["ask_otp_screen"]) == (0, 4)


async def test_after_care_one_tap_leads_back_to_the_question(core: Core) -> None:
    await core.hear("パスワードを忘れた", "password_forgot")
    await core.hear("もう死にたい", "distress")
    history = await core.services.conversations.history(core.conversation.id)
    assert "password_forgot" in [choice.topic for choice in history.said[-1].choices]
