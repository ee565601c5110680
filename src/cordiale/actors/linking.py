"""From a name in a text to an actor, with a score; never a silent guess.

A `Link` says which actor, how sure (0 to 1) and why. At `SURE` or above a reader may take it; below, the name becomes a
provisional actor that a person can merge later. Names have dates: "Yugoslavia" of 1999 is not that of 1950 where the
catalogue holds both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordiale.actors.catalogue import Catalogue
from cordiale.actors.names import fold, skeleton
from cordiale.claims import Actor, Kind, Name, NameUse
from cordiale.errors import InvalidValue, UnknownName

SURE = 0.85
"""The score from which a link stands without a person's word."""

_REMEMBERED = 50_000  # names on a day whose links are kept, so that reading many documents keeps memory flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An actor that a name may stand for. `how` is exact, transliteration or near."""

    actor: Actor
    score: float
    how: str


class Linker:
    """Links names to the actors of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._skeletons: dict[str, set[str]] | None = None
        self._links: dict[tuple[str, date | None], list[Link]] = {}

    def links(self, name: str, *, on: date | None = None) -> list[Link]:
        """Every actor that a name may stand for, best first; empty where nothing is near.

        `on` is the day that the text speaks of: actors and names that were not there on it count for less. A name that
        several actors bear is shared between them, so that none reaches `SURE` unless the day decides. Without a day,
        those that exist today come before those that are gone.
        """
        key = (fold(name), on)
        if key not in self._links:
            if len(self._links) >= _REMEMBERED:
                self._links.clear()
            self._links[key] = self._find(name, on)
        return self._links[key]

    def link(self, name: str, *, on: date | None = None) -> Link | None:
        """The best link if it is sure, else None."""
        found = self._links.get((fold(name), on)) or self._known(name, on)  # one that is only near is never sure
        return found[0] if found and found[0].score >= SURE else None

    def _find(self, name: str, on: date | None) -> list[Link]:
        return self._known(name, on) or self._near(name)

    def _known(self, name: str, on: date | None) -> list[Link]:
        exact: dict[str, float] = {}
        bearers = self.catalogue.named(name)
        alone = len({actor.id for actor, _ in bearers}) == 1
        for actor, found in bearers:
            score = 1.0 if found.use is not NameUse.SEAT else 0.95
            exact[actor.id] = max(score * _fit(actor, found, on, alone=alone), exact.get(actor.id, 0.0))
        if len(exact) == 1:
            return self._ranked(exact, "exact")
        if exact:
            best = max(exact.values())
            rivals = [a for a, s in exact.items() if s > best * 0.7]
            return self._ranked({a: s / len(rivals) if a in rivals else s / 2 for a, s in exact.items()}, "exact")
        if (bones := skeleton(name)) and (same := self._by_skeleton().get(bones)):
            return self._ranked(dict.fromkeys(same, 0.9 / len(same)), "transliteration")
        return []

    def _ranked(self, scores: dict[str, float], how: str) -> list[Link]:
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [Link(actor=self.catalogue[actor], score=score, how=how) for actor, score in ranked]

    def _by_skeleton(self) -> dict[str, set[str]]:
        if self._skeletons is None:
            self._skeletons = {}
            for folded, entries in self.catalogue.names():
                bones = skeleton(folded)
                for actor, _ in entries:
                    if bones and self.catalogue[actor].kind is Kind.PERSON:
                        self._skeletons.setdefault(bones, set()).add(actor)
        return self._skeletons

    def _near(self, name: str) -> list[Link]:
        from rapidfuzz import fuzz, process

        names = {folded: entries for folded, entries in self.catalogue.names() if len(folded) > 3}
        near = process.extract(fold(name), names.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=70)
        scores: dict[str, float] = {}
        for folded, ratio, _ in near:
            for actor, _name in names[folded]:
                scores[actor] = max(scores.get(actor, 0.0), SURE * 0.99 * ratio / 100)
        return self._ranked(scores, "near")

    def find(self, name: str, *, on: date | None = None) -> Actor:
        """The actor that a person asks for: by id, by name, or an error that suggests the near ones.

        Raises `UnknownName` where nothing is sure, `InvalidValue` where several actors bear the name.
        """
        if name in self.catalogue:
            return self.catalogue[name]
        found = self.links(name, on=on)
        if found and found[0].score >= SURE:
            return found[0].actor
        exact = [link for link in found if link.how != "near"]
        if exact:
            choices = ", ".join(f"{link.actor.id} ({link.actor.name})" for link in exact)
            raise InvalidValue("several actors bear this name", name, f"give the id of one: {choices}")
        raise UnknownName("actor", name, [link.actor.name for link in found], "see: cordiale actors") from None


def _fit(actor: Actor, name: Name, on: date | None, *, alone: bool) -> float:
    """How well a name's time and an actor's fit the day that a text speaks of.

    A text may look back, so an actor that is gone still fits a name that it bears alone; a name that was not in use for
    anybody then does not. A seat stands for its actor only while that is there: Munich is a city now.
    """
    alone = alone and name.use is not NameUse.SEAT
    named = name.held.end is None if on is None else name.held.holds(on)
    there = actor.held.end is None if on is None else actor.held.holds(on)
    return (1.0 if there or alone else 0.5) * (1.0 if named else 0.5)
