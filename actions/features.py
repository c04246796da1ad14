"""Tell the verified person what their registration allows."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account_client import AccountClient
from actions.granted import Answer, OpenClient, asked, from_environment, grant


class ActionFeatureCheck(Action):
    """Answers `features_result` with the registration; without a handle, offers the check."""

    def __init__(self, open_accounts: OpenClient = from_environment) -> None:
        self._open = open_accounts

    def name(self) -> str:
        """Name in the domain."""
        return "action_feature_check"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say the result, the offer or an apology; set nothing."""
        handle = grant(tracker)

        async def ask(accounts: AccountClient) -> Answer:
            if handle is None:
                return {"answer": "feature_check"}
            features = await accounts.features(handle)
            values = {"state": features.registration, "sample": features.sample}
            return {"answer": "features_result", "values": values, "private": True}

        dispatcher.utter_message(json_message=await asked(self._open, ask))
        return []
