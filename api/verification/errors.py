"""What can go wrong on the way through the form."""

from collections.abc import Sequence

from api.kit.errors import HelpbotError, InvalidRequest, Unavailable


class LinkUnusable(HelpbotError):
    """Used, run out, edited or never made: one error, so that it tells nothing."""

    code, status = "link_unusable", 410


class CheckFailed(HelpbotError):
    """The check was made and gave no result; its link is used up."""

    code, status = "check_failed", 503


class TooManyChecks(HelpbotError):
    """This browser or this conversation has checked often enough for now."""

    code, status = "too_many_checks", 429


class AccountsDown(Unavailable):
    """The account API gave no usable answer in time."""

    code = "accounts_down"


class FormIncomplete(InvalidRequest):
    """Something is missing in the form; `fields` are their names."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__("form")
        self.fields = list(fields)
