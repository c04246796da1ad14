"""What can be wrong with words."""

from api.kit.errors import HelpbotError


class AnswerInvalid(HelpbotError):
    """Too long, empty, or with a gap that nothing fills."""

    code, status = "staff_answer_invalid", 422


class OwnDraft(HelpbotError):
    """Nobody approves their own words."""

    code, status = "staff_own_draft", 409
