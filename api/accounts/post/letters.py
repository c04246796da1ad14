"""What the mail says, and who carries it."""

from collections import deque
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from api.accounts.directory import Person

_KEPT = 100
_TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Letter:
    """A mail to one demo person. It holds a code: it is never written down."""

    person: str
    address: str
    subject: str
    text: str


class Carrier(Protocol):
    """A way out for letters."""

    async def carry(self, letter: Letter) -> None:
        """Deliver it, or raise."""
        ...


class Mailbox:
    """Keeps the latest letters in memory; a restart forgets them."""

    def __init__(self) -> None:
        self.letters: deque[Letter] = deque(maxlen=_KEPT)

    async def carry(self, letter: Letter) -> None:
        """Put it into the box."""
        self.letters.append(letter)


class Smtp:
    """Hands letters to a mail server: `smtp://user:password@host:port`, `smtps://` for TLS."""

    def __init__(self, url: str, sender: str) -> None:
        self._url, self._sender = urlsplit(url), sender

    async def carry(self, letter: Letter) -> None:
        """Send it; raises what the server or the network says."""
        message = EmailMessage()
        message["From"], message["To"] = self._sender, letter.address
        message["Subject"] = letter.subject
        message.set_content(letter.text)
        await aiosmtplib.send(
            message,
            hostname=self._url.hostname,
            port=self._url.port,
            username=unquote(self._url.username) if self._url.username else None,
            password=unquote(self._url.password) if self._url.password else None,
            use_tls=self._url.scheme == "smtps",
            timeout=_TIMEOUT_SECONDS,
        )


class Writer:
    """Knows the words of the mail."""

    def __init__(self, words: dict[str, str], minutes: int) -> None:
        self._words, self._minutes = words, minutes

    def write(self, person: Person, code: str) -> Letter:
        """Return the mail that brings `code`."""
        text = self._words["mail_text"].format(code=code, minutes=self._minutes)
        return Letter(person.id, person.mail, self._words["mail_subject"], text)
