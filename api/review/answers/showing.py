"""Words that staff read or write, as people will see them."""

from dataclasses import dataclass
from string import Formatter

from api.chat.rendering import Renderer
from api.content.catalogue import Catalogue
from api.kit.clock import Clock
from api.review.answers.wording import Draft
from api.review.naming import Naming


@dataclass(frozen=True)
class Shown:
    """What each channel draws in its own form."""

    text: str
    details: list[str]
    easy_text: str
    easy_details: list[str]
    choices: list[str]


class Showing:
    """Fills gaps the way the renderer does; what only a turn knows is named instead."""

    def __init__(
        self, renderer: Renderer, catalogue: Catalogue, names: Naming, clock: Clock
    ) -> None:
        self._renderer, self._catalogue = renderer, catalogue
        self._names, self._clock = names, clock

    def shown(self, answer_id: str, draft: Draft) -> Shown:
        """Return a draft as people will see it under an answer's buttons."""
        content, catalogue = draft.content(), self._catalogue
        return Shown(
            self.filled(content["text"]),
            [self.filled(line) for line in content["details"]],
            self.filled(content["easy"]["text"]),
            [self.filled(line) for line in content["easy"]["details"]],
            [catalogue[each].entry.title for each in catalogue.choices(answer_id)],
        )

    def filled(self, text: str) -> str:
        """Return `text` with its gaps filled; as it is while a brace is still being typed.

        Only names are looked up: what is typed may ask a format for ten million blanks.
        """
        words = self._renderer.always(self._clock())
        try:
            parts = list(Formatter().parse(text))
        except ValueError:
            return text
        return "".join(said + self._of(name, words) for said, name, _, _ in parts)

    def _of(self, name: str | None, words: dict[str, str]) -> str:
        if name is None:
            return ""
        named = self._names.word("gap", name)
        return words.get(name) or (named if named != name else f"{{{name}}}")
