"""The custom actions. Each reads, calls and returns ids; the words are in data/answers/."""

from actions.fallback import ActionAskBack
from actions.features import ActionFeatureCheck
from actions.lockout import ActionAccountLockCheck
from actions.otp import ActionOtpResend
from actions.questions import ActionAskAgain, ActionLeaveQuestions, ActionOtpAdvice
from actions.situation import ActionSaySituation

__all__ = [
    "ActionAccountLockCheck",
    "ActionAskAgain",
    "ActionAskBack",
    "ActionFeatureCheck",
    "ActionLeaveQuestions",
    "ActionOtpAdvice",
    "ActionOtpResend",
    "ActionSaySituation",
]
