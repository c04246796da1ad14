"""What can go wrong at the door."""

from api.kit.errors import HelpbotError


class SignInNeeded(HelpbotError):
    """Nobody is signed in, or not for long enough; the browser is led to the sign-in page."""

    code, status = "staff_sign_in_needed", 401

    def __init__(self, to: str = "/staff/login") -> None:
        super().__init__(to)
        self.to = to


class SignInFailed(HelpbotError):
    """Name, password or code is wrong; which one is not said."""

    code, status = "staff_sign_in_failed", 403


class SignInThrottled(HelpbotError):
    """Too many tries with this name or from this address."""

    code, status = "staff_sign_in_throttled", 429


class NotAllowed(HelpbotError):
    """The role does not reach this."""

    code, status = "staff_not_allowed", 403


class ForgedRequest(HelpbotError):
    """The request did not come from one of our own pages."""

    code, status = "staff_forged_request", 403


class PasswordWeak(HelpbotError):
    """The new password is too short, or the same as the name."""

    code, status = "staff_password_weak", 422


class StaffNameTaken(HelpbotError):
    """Another member has that name, or it holds what a name may not."""

    code, status = "staff_name_taken", 422


class LastAdmin(HelpbotError):
    """Nobody would be left who can let others in."""

    code, status = "staff_last_admin", 409
