"""The reader that asks a language model, and believes nothing that is not in the text.

Each claim that comes back is checked: its relation and its values are those of the table, both actors are named in the
text, and its quote stands in the part that was asked about. One that fails is dropped and counted, with the reason.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from cordiale.actors import Catalogue, Linker, fold
from cordiale.claims import Certainty, Change, Claim, Document, Kind, Means, Quote
from cordiale.errors import InvalidValue, UnreadableInput
from cordiale.periods import ALWAYS, Period
from cordiale.reading.llm.endpoint import Answer, Endpoint, NoAnswer
from cordiale.reading.llm.memory import Memory
from cordiale.reading.llm.question import LONGEST, requests
from cordiale.reading.llm.quoting import place
from cordiale.reading.outcome import Reading, Usage
from cordiale.reading.unknown import Cast
from cordiale.relations import relations

_POSSESSIVE = re.compile(r"['’]s\b")


class Refused(Exception):
    """A claim of the model that is not kept; its argument is the reason, as it is counted."""


class LlmReader:
    """Reads a document by asking the model of an endpoint about its parts."""

    def __init__(
        self, catalogue: Catalogue, endpoint: Endpoint, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._linker = Linker(catalogue)
        self._endpoint = endpoint
        self._memory = Memory(Path(endpoint.cache) if endpoint.cache else None)
        self._sleep = sleep
        self.label = endpoint.label

    def read(self, document: Document) -> Reading:
        """The claims that stand; UnreadableInput where the endpoint gives no answer about some part."""
        cast = Cast()
        claims: dict[str, Claim] = {}
        usage = Usage()
        for start, body in requests(document, self._endpoint.model):
            try:
                answers, spent = self._answered(body)
            except NoAnswer as error:
                raise UnreadableInput(document.source, f"the language model: {error.why}", error.mend) from None
            dropped: Counter[str] = Counter()
            for told in answers:
                try:
                    claim = self._claim(told, document, start, min(start + LONGEST, len(document.text)), cast)
                    claims.setdefault(claim.id, claim)
                except Refused as reason:
                    dropped[str(reason)] += 1
            usage += spent + Usage(dropped=dropped)
        used = {actor for c in claims.values() for actor in (c.subject, c.object, c.said_by)}
        return Reading(
            document=document,
            claims=tuple(claims.values()),
            actors=tuple(actor for actor in cast.provisional.values() if actor.id in used),
            usage=usage,
        )

    def _answered(self, body: dict[str, Any]) -> tuple[list[Any], Usage]:
        """The claims of an answer that has the shape asked for; one that has not is asked for once more."""
        kept = self._memory.recall(self._endpoint.url, body)
        if kept is not None and (claims := _listed(kept.text)) is not None:
            return claims, Usage(asked=1, cached=1)
        usage = Usage()
        for _ in range(2):
            answer = self._endpoint.ask(body, sleep=self._sleep)
            usage += self._spent(answer)
            if (claims := _listed(answer.text)) is not None:
                self._memory.keep(self._endpoint.url, body, answer)
                return claims, usage
        raise NoAnswer("its answer is not the JSON that was asked for, twice", "use a model that keeps to a schema")

    def _spent(self, answer: Answer) -> Usage:
        return Usage(
            asked=1,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            cost=self._endpoint.cost(answer),
        )

    def _claim(self, told: Any, document: Document, start: int, end: int, cast: Cast) -> Claim:
        """A claim as the model told it, checked; Refused where it does not stand."""
        if not isinstance(told, dict):
            raise Refused("not of the shape asked for")
        quote = place(document.text, _text(told, "quote"), start, end)
        if quote is None:
            raise Refused("a quote that is not in the text")
        if _text(told, "relation") not in relations():
            raise Refused("a relation that is not in the table")
        kind = relations()[told["relation"]]
        change, certainty = _one(Change, told, "change"), _one(Certainty, told, "certainty")
        why = place(document.text, told["why"], start, end) if isinstance(told.get("why"), str) else None
        subject, object_ = (self._actor(told.get(side), document, cast) for side in ("subject", "object"))
        speaker = told.get("said_by")
        try:
            return Claim(
                subject=subject,
                relation=kind,
                object=object_,
                sign=-kind.sign if change is Change.ENDS else kind.sign,
                change=change,
                means=_means(told.get("means")) if kind.means else (),
                held=_held(told.get("held_from"), told.get("held_to")),
                said_by=self._speaker(speaker, document, cast) if speaker else None,
                certainty=certainty,
                confidence=_share(told.get("confidence")),
                evidence=Quote(document=document, start=quote[0], end=quote[1]),
                why=Quote(document=document, start=why[0], end=why[1]) if why else None,
                published=document.published,
                reader=self.label,
            )
        except InvalidValue as error:
            raise Refused(error.what) from None

    def _actor(self, told: Any, document: Document, cast: Cast) -> str:
        if not isinstance(told, dict):
            raise Refused("not of the shape asked for")
        return self._named(_text(told, "name"), _one(Kind, told, "kind"), document, cast)

    def _speaker(self, name: Any, document: Document, cast: Cast) -> str:
        if not isinstance(name, str):
            raise Refused("not of the shape asked for")
        return self._named(name, Kind.PERSON, document, cast)

    def _named(self, name: str, kind: Kind, document: Document, cast: Cast) -> str:
        """The id of the actor of a name that stands in the text, under this name or another of its names."""
        folded = fold(name)
        if not folded:
            raise Refused("an actor without a name")
        link = self._linker.link(name, on=document.published)
        names = [folded, *(fold(known.text) for known in link.actor.names)] if link else [folded]
        if not any(f" {one} " in _folded(document.text) for one in names if one):
            raise Refused("an actor that the text does not name")
        return link.actor.id if link else cast.add(" ".join(name.split()), kind)


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    """A text as names are folded, possessives left out, with a blank around every word."""
    words = (fold(word) for word in _POSSESSIVE.sub("", text).split())
    return f" {' '.join(word for word in words if word)} "


def _listed(text: str) -> list[Any] | None:
    """The claims in an answer; None where it has not the shape asked for."""
    bare = text.strip()
    if bare.startswith("```"):  # many models fence their JSON whatever they are told
        bare = bare.strip("`").removeprefix("json")
    try:
        found = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    claims = found.get("claims") if isinstance(found, dict) else None
    return claims if isinstance(claims, list) else None


def _text(told: dict[str, Any], field: str) -> str:
    if not isinstance(told.get(field), str):
        raise Refused("not of the shape asked for")
    return str(told[field])


def _one(values: Any, told: dict[str, Any], field: str) -> Any:
    try:
        return values(_text(told, field))
    except ValueError:
        raise Refused(f"a {field} that there is not") from None


def _means(told: Any) -> tuple[Means, ...]:
    named = {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()
    return tuple(means for means in Means if means.value in named)


def _held(start: Any, end: Any) -> Period:
    """The period told; what is no date is left out, as the claim stands without it."""
    for first, last in ((start, end), (start, None), (None, end)):
        try:
            return Period.parse(first or None, last or None)
        except (InvalidValue, AttributeError, TypeError):
            continue
    return ALWAYS


def _share(told: Any) -> float:
    """A probability as told; what is none counts as one half, as the model did not say."""
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1:
        return 0.5
    return round(float(told), 3)
