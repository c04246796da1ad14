"""What can be wrong with a notice."""

from api.kit.errors import HelpbotError


class NoticeInvalid(HelpbotError):
    """Empty, too long, with somebody's number, on no channel, or over before it begins."""

    code, status = "staff_notice_invalid", 422
