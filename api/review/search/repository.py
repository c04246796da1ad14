"""The index of messages: SQLite's FTS5 with trigrams, or PostgreSQL's pg_trgm.

https://sqlite.org/fts5.html#the_trigram_tokenizer
https://www.postgresql.org/docs/current/pgtrgm.html
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.review.search.folding import spaced, words

_SHORTEST = 2


class Search(Protocol):
    """One interface for both databases."""

    async def add(self, message_id: str, conversation_id: str, said: str) -> None:
        """Take a message in."""
        ...

    async def erase(self, conversation_ids: Sequence[str]) -> None:
        """Forget conversations; for good after the next `tidy`."""
        ...

    async def tidy(self) -> None:
        """See to it that what was erased is in no file any more."""
        ...

    async def unsay(self, conversation_id: str, message_id: str) -> None:
        """Forget one message for good."""
        ...

    def conversations(self, query: str) -> TextClause:
        """Return a subquery of the ids of conversations that have all words in one message."""
        ...

    def messages(self, query: str) -> TextClause:
        """Return a subquery of the ids of messages that have all words."""
        ...


_ERASE = text("DELETE FROM search_messages WHERE conversation_id IN :conversations").bindparams(
    bindparam("conversations", expanding=True)
)
_UNSAY = (
    "DELETE FROM search_messages WHERE conversation_id = :conversation AND message_id = :message"
)


class _Common:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def _run(self, statement: str, values: Mapping[str, Any]) -> None:
        await self._session.execute(text(statement), values)

    async def add(self, message_id: str, conversation_id: str, said: str) -> None:
        await self._run(
            "INSERT INTO search_messages (said, message_id, conversation_id) "
            "VALUES (:said, :message_id, :conversation_id)",
            {
                "said": spaced(said),
                "message_id": message_id,
                "conversation_id": conversation_id,
            },
        )

    async def erase(self, conversation_ids: Sequence[str]) -> None:
        await self._session.execute(_ERASE, {"conversations": [*conversation_ids]})

    async def tidy(self) -> None:
        """Do nothing: a deleted row leaves no words behind."""

    async def unsay(self, conversation_id: str, message_id: str) -> None:
        await self._run(_UNSAY, {"conversation": conversation_id, "message": message_id})
        await self.tidy()

    def conversations(self, query: str) -> TextClause:
        return self._matching("conversation_id", query)

    def messages(self, query: str) -> TextClause:
        return self._matching("message_id", query)

    def _matching(self, column: str, query: str) -> TextClause:
        """Every word is looked for; single letters only by reading all."""
        terms = words(query)
        values: dict[str, Any] = {}
        conditions = [self._condition(terms, values)]
        for place, term in enumerate(each for each in terms if len(each) < _SHORTEST):
            values[f"letter{place}"] = f"%{term}%"
            conditions.append(f"said LIKE :letter{place}")
        where = " AND ".join(each for each in conditions if each) or "1 = 0"
        statement = f"SELECT {column} FROM search_messages WHERE {where}"  # noqa: S608 - fixed words
        return text(statement).bindparams(**values)

    def _condition(self, terms: list[str], values: dict[str, Any]) -> str:
        raise NotImplementedError


class SqliteSearch(_Common):
    """FTS5. Deleted terms stay in its segments until these are merged: SQLite 3.40 has no
    secure-delete there.
    """

    async def tidy(self) -> None:
        """Merge all segments, which takes the longer the more messages there are."""
        await self._run("INSERT INTO search_messages (search_messages) VALUES ('optimize')", {})

    def _condition(self, terms: list[str], values: dict[str, Any]) -> str:
        long = [f'"{spaced(term)}"' for term in terms if len(term) >= _SHORTEST]
        if not long:
            return ""
        values["terms"] = " AND ".join(long)
        return "search_messages MATCH :terms"


class PostgresSearch(_Common):
    """A GIN index of trigrams makes LIKE quick."""

    def _condition(self, terms: list[str], values: dict[str, Any]) -> str:
        conditions = []
        for place, term in enumerate(each for each in terms if len(each) >= _SHORTEST):
            values[f"term{place}"] = f"%{spaced(term)}%"
            conditions.append(f"said LIKE :term{place}")
        return " AND ".join(conditions)


def search_of(session: AsyncSession) -> Search:
    """Return the search of the database behind `session`."""
    dialect = session.get_bind().dialect.name
    return SqliteSearch(session) if dialect == "sqlite" else PostgresSearch(session)
