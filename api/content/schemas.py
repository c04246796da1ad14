"""What an entry of `data/answers/*.yml` and of `data/sources.yml` may hold."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

# Lengths people can take in at one look; the first step fits one line of an old phone's chat.
TEXT_LIMIT, DETAIL_LIMIT, DETAILS_LIMIT, TITLE_LIMIT = 80, 300, 3, 20


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """An official page. Dates are the page's own, the day we read a copy, and a live look."""

    url: str
    title: str
    source_date: str | None
    read_on: date
    verified_live_on: date | None


class Wording(_Strict):
    """The first step and what unfolds below it."""

    text: str = Field(max_length=TEXT_LIMIT)
    details: list[str] = Field(default_factory=list, max_length=DETAILS_LIMIT)


class Timed(_Strict):
    """A detail that is true between two times of day in Tokyo ("HH:MM"), past midnight too."""

    between: tuple[str, str]
    text: str = Field(max_length=DETAIL_LIMIT)


class Variant(_Strict):
    """The words for one `state` of an answer that depends on it; its details come first."""

    text: str = Field(max_length=TEXT_LIMIT)
    details: list[str] = Field(default_factory=list, max_length=DETAILS_LIMIT)


class Table(_Strict):
    """A comparison. `line` says one row in words, for where no table can be drawn."""

    caption: str
    columns: list[str]
    rows: list[list[str]]
    line: str

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of the table is longer or shorter than its columns")
        return self

    def in_lines(self) -> str:
        """Return the table as lines of text."""
        return "\n".join([self.caption, *(self.line.format(*row) for row in self.rows)])


class Option(_Strict):
    """A button that answers the question of a form: it fills `slots`, or is an intent's own.

    `picture` is the name of a drawing in api/pages/static/screens/.
    """

    label: str = Field(max_length=TITLE_LIMIT)
    intent: str = "inform"
    slots: dict[str, str] = Field(default_factory=dict)
    picture: str | None = None


class Tried(_Strict):
    """The `step` that the first words advise, and the first words for who has done that."""

    step: str
    text: str = Field(max_length=TEXT_LIMIT)


class Entry(_Strict):
    """One answer.

    `verification` asks the gateway for a link to the form; `without_accounts` names the answer
    given instead where account help is off, `with_accounts` where it is about real accounts;
    `table` is a comparison, said in lines where it cannot be drawn; `private` words belong to one
    browser only; `apology` makes the outcome `apologised`. `source` is null where nothing is said
    about the real service. `control` is carried out by the gateway; `timed` details come first and
    are said only while they are true. `heard` are regular expressions by which typed words, in
    hiragana without spaces, are known as this situation of the topic. `options` are the
    answers to a form's question;
    `explained_by` is what "what is that?" leads to; `english` is added for who writes English;
    `closed` are the first words while nobody answers the telephone; `when_open` and `when_closed`
    are choices for the help desk's hours and for the rest;
    `memo` hangs the link to a page to print on it.
    """

    topic: str
    title: str = Field(max_length=TITLE_LIMIT)
    text: str = Field(default="", max_length=TEXT_LIMIT)
    closed: str = Field(default="", max_length=TEXT_LIMIT)
    variants: dict[str, Variant] = Field(default_factory=dict)
    details: list[str] = Field(default_factory=list, max_length=DETAILS_LIMIT)
    easy: Wording
    choices: list[str] = Field(default_factory=list)
    links: list[str] = Field(default_factory=list)
    source: str | None
    review_by: date
    verification: str | None = None
    without_accounts: str | None = None
    with_accounts: str | None = None
    table: Table | None = None
    private: bool = False
    apology: bool = False
    control: Literal["repeat", "simplify", "more", "explain"] | None = None
    timed: list[Timed] = Field(default_factory=list)
    heard: list[str] = Field(default_factory=list)
    options: list[Option] = Field(default_factory=list)
    tried: Tried | None = None
    explained_by: str | None = None
    english: str | None = Field(default=None, max_length=DETAIL_LIMIT)
    when_open: list[str] = Field(default_factory=list)
    when_closed: list[str] = Field(default_factory=list)
    memo: bool = False
