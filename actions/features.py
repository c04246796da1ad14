"""Tell the verified person what their registration allows."""

from rasa_sdk import Action, Tracker

from actions.account_client import AccountClient
from actions.granted import AccountAction, Answer, grant


class ActionFeatureCheck(AccountAction, Action):
    """Answers `features_result` with the registration; without a handle, offers the check."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_feature_check"

    async def answer(self, accounts: AccountClient, tracker: Tracker) -> Answer:
        """Return the result, or the offer."""
        handle = grant(tracker)
        if handle is None:
            return {"answer": "feature_check"}
        features = await accounts.features(handle)
        values = {"state": features.registration, "sample": features.sample}
        return {"answer": "features_result", "values": values, "private": True}
