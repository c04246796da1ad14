"""Put sentences together that ask the same. Pure."""

from dataclasses import dataclass, field

from bot.text.kana import letters_only

# Of the pairs of letters in both, so many have to be shared.
_ALIKE = 0.34
Pairs = frozenset[str]


@dataclass
class Group:
    """Sentences that ask the same; `places` lead back to the list that was grouped."""

    places: list[int]
    pairs: list[Pairs] = field(default_factory=list)


def pairs_of(text: str) -> Pairs:
    """Return the pairs of neighbouring letters in a folded text."""
    letters = letters_only(text)
    return frozenset(letters[place : place + 2] for place in range(len(letters) - 1))


def likeness(one: Pairs, other: Pairs) -> float:
    """Return Dice's coefficient, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def grouped(texts: list[str]) -> list[Group]:
    """Return groups, the largest first, the most typical sentence of each first."""
    groups: list[Group] = []
    for place, text in enumerate(texts):
        mine = pairs_of(text)
        near = [(likeness(mine, each.pairs[0]), each) for each in groups]
        best, group = max(near, key=lambda found: found[0], default=(0.0, None))
        if group is None or best < _ALIKE:
            groups.append(Group([place], [mine]))
        else:
            group.places.append(place)
            group.pairs.append(mine)
    groups.sort(key=lambda each: -len(each.places))
    return [_typical_first(each) for each in groups]


def _typical_first(group: Group) -> Group:
    """Name a group by the sentence that is most like all others in it."""
    scores = [sum(likeness(one, other) for other in group.pairs) for one in group.pairs]
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    return Group([group.places[place] for place in order], [group.pairs[p] for p in order])
