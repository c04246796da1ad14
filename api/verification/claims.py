"""What somebody enters in the form. It lives as long as the request and is kept nowhere."""

import unicodedata
from dataclasses import dataclass

LONGEST_MAIL, LONGEST_NUMBER, LONGEST_PERSON = 320, 40, 64
# Where nothing but a mail goes out, the number is not asked for.
WITHOUT_NUMBER = "otp_resend"


@dataclass(frozen=True, repr=False)
class Claim:
    """A demo person, or an address with a number or without one."""

    person: str = ""
    mail: str = ""
    number: str = ""
    number_unknown: bool = False

    def mail_as_read(self) -> str:
        """Return the address as it is shown large: half width, without blanks."""
        return "".join(unicodedata.normalize("NFKC", self.mail).split())

    def faults(self, purpose: str, *, demo: bool) -> list[str]:
        """Return the names of the fields that need another look."""
        if demo:
            return [] if 0 < len(self.person) <= LONGEST_PERSON else ["person"]
        name, at, host = self.mail_as_read().partition("@")
        good = name and at and "." in host and len(self.mail) <= LONGEST_MAIL
        faults = [] if good else ["mail"]
        asked = purpose != WITHOUT_NUMBER and not self.number_unknown
        if asked and not 0 < len(self.number.strip()) <= LONGEST_NUMBER:
            faults.append("number")
        return faults

    def body(self) -> dict[str, str]:
        """Return the claim as the account API takes it."""
        if self.person:
            return {"demo_person": self.person}
        return {"mail": self.mail_as_read(), "number": "" if self.number_unknown else self.number}
