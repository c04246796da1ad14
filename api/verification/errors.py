"""What can go wrong on the way through the form."""

from api.kit.errors import HelpbotError, Unavailable


class LinkUnusable(HelpbotError):
    """Used, run out, edited or never made: one error, so that it tells nothing."""

    code, status = "link_unusable", 410


class CheckFailed(HelpbotError):
    """The check was made and gave no result; its link is used up."""

    code, status = "check_failed", 503


class AccountsDown(Unavailable):
    """The account API gave no usable answer in time."""

    code = "accounts_down"
