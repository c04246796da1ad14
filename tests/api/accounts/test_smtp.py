"""In `live` the code leaves by SMTP, to a real server here; in `demo` it stays in the house."""

import re

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from api.accounts.app import create_app
from tests.api.accounts.conftest import TOKEN
from tests.support.servers import free_port


class Inbox(Message):
    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


@pytest.fixture
def server():
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller, inbox
    controller.stop()


async def resend(settings, clock, person, port, mode):
    url = SecretStr(f"smtp://127.0.0.1:{port}")
    app = create_app(settings.model_copy(update={"account_mode": mode, "smtp_url": url}), clock)
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "key"}
    transport = ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://accounts", headers=headers) as client,
    ):
        body = {"purpose": "otp_resend", "demo_person": person}
        handle = (await client.post("/v1/verifications", json=body)).json()["handle"]
        answer = await client.post(f"/v1/handles/{handle}/otp")
        await app.state.post.emptied()
    return answer


async def test_the_server_receives_the_mail(settings, database, clock, server):
    controller, inbox = server
    await resend(settings, clock, "full_registered", controller.port, "live")
    (mail,) = inbox.mails
    text = mail.get_payload(decode=True).decode()
    assert mail["To"] == "full@example.jp"
    assert re.search(r"番号：\d{6}", text)


async def test_a_demo_sends_nothing_out_of_the_house(settings, database, clock, server):
    controller, inbox = server
    await resend(settings, clock, "full_registered", controller.port, "demo")
    assert inbox.mails == []


async def test_a_server_that_is_down_changes_nothing_for_the_caller(settings, database, clock):
    answer = await resend(settings, clock, "full_registered", free_port(), "live")
    assert (answer.status_code, answer.json()["status"]) == (202, "accepted")
