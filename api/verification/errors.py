"""What can go wrong on the way through the form."""

from api.kit.errors import HelpbotError, Unavailable


class LinkUnusable(HelpbotError):
    """Used, run out, edited or never made: one error, so that it tells nothing."""

    code, status = "link_unusable", 410


class AccountsDown(Unavailable):
    """The account API gave no usable answer in time."""

    code = "accounts_down"
