"""The pages of the form: which words, which buttons, which cookies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse

from api.chat.rendering import Rendered
from api.kit.errors import HelpbotError
from api.kit.ids import new_token
from api.kit.trace import current_receipt
from api.verification.claims import WITHOUT_NUMBER, Claim
from api.verification.errors import LinkUnusable
from api.verification.passes import LIFE
from api.wiring import Services

PATH = "/verify"
# One tells browsers apart, so that failures count for one; the other opens the private answer.
BROWSER, PASS = "helpbot_browser", "helpbot_private"
_TOKYO = ZoneInfo("Asia/Tokyo")
_WARNED_SECONDS = 120
_WITH_PHONE = 500


class FormPages:
    """Renders; the rules are in the service."""

    def __init__(self, wired: Services) -> None:
        self._wired, self._words = wired, wired.sentences
        self._service = wired.verification

    @property
    def asks_first(self) -> bool:
        """Say whether what was entered is shown large before it is sent."""
        return not self._service.demo

    async def form(
        self, token: str, claim: Claim, browser: str, faults: Sequence[str] = ()
    ) -> HTMLResponse:
        """Show the form with what was entered before; raises LinkUnusable and AccountsDown."""
        shown = await self._service.form(token)
        page = self._wired.pages.page(
            "form.html",
            422 if faults else 200,
            **self._told(shown.purpose),
            form=shown,
            claim=claim,
            faults=faults,
            with_number=shown.purpose != WITHOUT_NUMBER,
            until=self._clock_words(shown.until),
            until_epoch=int(shown.until.timestamp()),
            warned_seconds=_WARNED_SECONDS,
        )
        self._set(page, BROWSER, browser or new_token(), PATH)
        return page

    async def again(self, token: str, claim: Claim, browser: str, *, extend: bool) -> HTMLResponse:
        """Show the form with its fields kept, with more time where that was asked for."""
        if extend:
            await self._service.extend(token)
        return await self.form(token, claim, browser)

    async def confirmation(self, token: str, claim: Claim) -> HTMLResponse:
        """Show the address large before anything is sent."""
        await self._service.look(token, claim)
        purpose = (await self._service.form(token)).purpose
        return self._wired.pages.page("confirm.html", **self._told(purpose), claim=claim)

    async def result(self, token: str, claim: Claim, browser: str) -> HTMLResponse:
        """Check, show the result on this page only, and let the browser see it again."""
        checked = await self._service.verify(token, claim, browser)
        sealed = self._wired.passes.seal(checked.granted)
        page = self._result(checked.purpose, checked.replies, checked.channel, token, sealed)
        self._set(page, BROWSER, browser, PATH)
        self._set(page, PASS, sealed, "/")
        return page

    async def result_now(self, token: str, cookie: str) -> HTMLResponse:
        """Show it once more; raises LinkUnusable for any other browser."""
        held = self._wired.private.open(cookie)
        if held is None or not self._wired.links.fits(held.verification_id, token):
            raise LinkUnusable()
        channel = await self._service.channel_of(token)
        # Who has taken the conversation back wants this gone as well.
        replies = await self._wired.private.now(held) if channel else []
        if not replies:
            raise LinkUnusable()
        return self._result(held.purpose, replies, channel, token)

    def refusal(self, error: HelpbotError) -> HTMLResponse:
        """Show one page with one sentence and a way back; a failure of ours names a telephone."""
        phone = self._wired.catalogue.facts["helpdesk"] if error.status >= _WITH_PHONE else ""
        page = self._wired.pages.page(
            "refusal.html",
            error.status,
            sentence=self._words[error.code],
            seconds=error.retry_after,
            phone=phone,
            receipt=current_receipt(),
        )
        if error.retry_after:
            page.headers["Retry-After"] = str(error.retry_after)
        return page

    def _result(
        self,
        purpose: str,
        replies: Sequence[Rendered],
        channel: str,
        token: str,
        sealed: str = "",
    ) -> HTMLResponse:
        """Show the result; `sealed` is for the widget that opened this page, if one did."""
        bodies = [each.body for each in replies]
        private = any(each.private for each in replies)
        again = f"{PATH}/{token}/result" if private else ""
        return self._wired.pages.page(
            "result.html",
            **self._told(purpose),
            replies=bodies,
            private=private,
            again=again,
            sealed=sealed if private and channel == "web" else "",
            back=self._words.get(f"page_back_{channel}", self._words["page_back"]),
            back_link=self._wired.platforms.back_links.get(channel, ""),
        )

    def _told(self, purpose: str) -> dict[str, Any]:
        """Return who asks, what for, and the titles, for this mode and purpose."""
        settings = self._wired.settings
        mode = "demo" if self._service.demo else "live"
        who = self._words[f"verify_who_{mode}"].format(
            operator=settings.operator_name, privacy=settings.privacy_address
        )
        sample = self._words["sample_mark"] if mode == "demo" else ""
        return {
            "mode": mode,
            "title": sample + self._words[f"verify_title_{purpose}"],
            "result_title": sample + self._words[f"result_title_{purpose}"],
            "who": who,
            "why": self._words[f"verify_why_{purpose}"],
            "kept": self._words[f"verify_kept_{mode}"],
        }

    def _clock_words(self, moment: datetime) -> str:
        there = moment.astimezone(_TOKYO)
        return self._words["verify_until"].format(hour=there.hour, minute=f"{there.minute:02}")

    def _set(self, page: HTMLResponse, name: str, value: str, path: str) -> None:
        page.set_cookie(
            name,
            value,
            path=path,
            max_age=int(LIFE.total_seconds()) if name == PASS else None,
            httponly=True,
            secure=self._wired.settings.public_url.startswith("https:"),
            samesite="lax",
        )
