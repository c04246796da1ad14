"""What can be wrong with what is to be taught."""

from api.kit.errors import HelpbotError


class NotRewritten(HelpbotError):
    """The sentence is the person's own, or too close to it."""

    code, status = "staff_not_rewritten", 422


class HoldsPersonalData(HelpbotError):
    """The sentence holds what is masked elsewhere."""

    code, status = "staff_holds_personal_data", 422


class AlreadyKnown(HelpbotError):
    """A sentence like this is taught already."""

    code, status = "staff_already_known", 409


class NotPlain(HelpbotError):
    """Rasa would read signs in it as something else than words."""

    code, status = "staff_not_plain", 422


class KeptForMeasuring(HelpbotError):
    """Models are measured with this sentence."""

    code, status = "staff_kept_for_measuring", 409


# What makes a sentence come back with the reason.
REFUSALS = (NotRewritten, HoldsPersonalData, AlreadyKnown, NotPlain, KeptForMeasuring)


class TrainingRuns(HelpbotError):
    """One training at a time; it takes the whole machine."""

    code, status = "staff_training_runs", 409


class NothingToTry(HelpbotError):
    """No sentence has been accepted."""

    code, status = "staff_nothing_to_try", 409


class SwapFailed(HelpbotError):
    """The engine does not serve the model it was told to."""

    code, status = "staff_swap_failed", 503
