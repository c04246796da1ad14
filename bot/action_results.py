"""What an action server answers is checked against its form; the form itself only once.

`jsonschema.validate` checks the schema, too, each time it is called. Rasa calls it for every
action, always with the same schema: a quarter of a turn (docs/performance.md).
"""

from __future__ import annotations

from typing import Any, Dict

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def check_form_once() -> None:
    """Let Rasa's remote actions use a validator that is made here, once.

    It raises jsonschema.ValidationError as Rasa's own does.
    """
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(_action: RemoteAction, result: Dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
