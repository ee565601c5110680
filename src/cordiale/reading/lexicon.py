"""The cue lexicon: which words state which relation, how they take their two actors, and what they say happened.

The words are data, `cues.toml` beside this module; inflected forms are made here. A cue says only what a word can
mean; whether it does in a sentence is for the modules that find its actors.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from cordiale.claims import Change, Kind
from cordiale.relations import Relation, relations


class Form(StrEnum):
    """The grammatical form in which a verb stands."""

    BASE = "base"
    S = "s"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What a word can state.

    `takes` are the prepositions before the object, "" for none; `swap` where the grammatical object is the relation's
    subject ("fled to Qatar": Qatar hosts). `bloc` is the relation where the object is a bloc. `subjects` and `objects`
    are the kinds of actor that it can join, any where empty. `then` are the small words that must follow ("cut off");
    `passive` where only the passive says it ("was expelled from").
    """

    relation: Relation
    sign: int
    change: Change = Change.NONE
    takes: tuple[str, ...] = ("",)
    swap: bool = False
    bloc: Relation | None = None
    subjects: frozenset[Kind] = frozenset()
    objects: frozenset[Kind] = frozenset()
    then: str = ""
    passive: bool = False
    certain: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What a word says of a relationship that it is said of: relations *soured*, *close* ties."""

    sign: int
    change: Change
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All cues, by the form in which they stand."""

    verbs: dict[str, list[tuple[Form, Cue]]]
    nouns: dict[str, list[Cue]]
    bonds: dict[str, Cue | None]
    trends: dict[str, list[tuple[str, Trend]]]
    trend_verbs: frozenset[str]
    adjectives: dict[str, list[Cue]]
    mutual: dict[str, Cue]
    kin: dict[str, Cue]
    compounds: dict[str, Cue]
    prefixes: dict[str, Cue]
    words: dict[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    table: dict[str, Any] = tomllib.loads(files("cordiale.reading").joinpath("cues.toml").read_text("utf-8"))
    verbs: dict[str, list[tuple[Form, Cue]]] = {}
    for row in table["verb"]:
        for word in row["words"]:
            stem, _, then = word.partition(" ")
            cue = _cue(row, then)
            for form, spelled in inflected(stem):
                verbs.setdefault(spelled, []).append((form, cue))
    for entries in verbs.values():
        entries.sort(key=lambda entry: not entry[1].then)
    nouns = _by_word(table["noun"])
    bonds: dict[str, Cue | None] = dict.fromkeys(table["bond"]["neutral"])
    for row in table["bond"]["signed"]:
        bonds.update(dict.fromkeys(row["words"], _cue(row, "")))
    trends: dict[str, list[tuple[str, Trend]]] = {}
    trend_verbs: set[str] = set()
    for row in table["trend"]:
        trend = Trend(sign=row["sign"], change=Change(row["change"]), relation=relations()[row["relation"]])
        for word in row.get("verbs", ()):
            stem, _, then = word.partition(" ")
            for _form, spelled in inflected(stem):
                trends.setdefault(spelled, []).append((then, trend))
                trend_verbs.add(spelled)
        for word in row.get("words", ()):
            trends.setdefault(word, []).append(("", trend))
    for found in trends.values():
        found.sort(key=lambda entry: not entry[0])
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        bonds=bonds,
        trends=trends,
        trend_verbs=frozenset(trend_verbs),
        adjectives=_by_word(table["adjective"]),
        mutual={word: _cue(row, "") for row in table["mutual"] for word in row["words"]},
        kin={word: _cue(row, "") for row in table["kin"] for word in row["words"]},
        compounds={word: _cue(row, "") for row in table["compound"] for word in row["words"]},
        prefixes={word: _cue(row, "") for row in table["prefix"] for word in row["words"]},
        words={name: frozenset(words) for name, words in table["words"].items()},
    )


_CLOSED = ("prepositions", "conjunctive", "relative", "auxiliary", "particles")
_NO_ADVERBS = frozenset("ally assembly family italy july monopoly rally reply supply".split())


def adverbial(low: str) -> bool:
    """Whether a word is an adverb, by the list or by its ending: "firmly", and not "ally"."""
    return low in lexicon().words["adverbs"] or (low.endswith("ly") and low not in _NO_ADVERBS)


def begins_noun(low: str) -> bool:
    """Whether a word may begin a noun phrase: an article or a plain word, no mark and no other word of grammar."""
    words = lexicon().words
    return low.isalpha() and not adverbial(low) and not any(low in words[name] for name in _CLOSED)


def _by_word(rows: list[dict[str, Any]]) -> dict[str, list[Cue]]:
    found: dict[str, list[Cue]] = {}
    for row in rows:
        for word in row["words"]:
            found.setdefault(word, []).append(_cue(row, ""))
    return found


def _cue(row: dict[str, Any], then: str) -> Cue:
    relation = relations()[row["relation"]]
    return Cue(
        relation=relation,
        sign=row.get("sign", relation.sign),
        change=Change(row.get("change", "none")),
        takes=tuple(row.get("takes", ("",))),
        swap=row.get("swap", False),
        bloc=relations()[row["bloc"]] if "bloc" in row else None,
        subjects=frozenset(Kind(k) for k in row.get("subjects", ())),
        objects=frozenset(Kind(k) for k in row.get("objects", ())),
        then=then,
        passive=row.get("passive", False),
        certain=row.get("certain", 0.8),
    )


_IRREGULAR = {
    "begin": ("began", "begun"), "break": ("broke", "broken"), "bring": ("brought", "brought"),
    "build": ("built", "built"), "buy": ("bought", "bought"), "choose": ("chose", "chosen"),
    "come": ("came", "come"), "cut": ("cut", "cut"), "draw": ("drew", "drawn"), "fall": ("fell", "fallen"),
    "fight": ("fought", "fought"), "flee": ("fled", "fled"), "forge": ("forged", "forged"),
    "forsake": ("forsook", "forsaken"), "give": ("gave", "given"), "go": ("went", "gone"), "grow": ("grew", "grown"),
    "have": ("had", "had"), "hit": ("hit", "hit"), "hold": ("held", "held"), "keep": ("kept", "kept"),
    "lead": ("led", "led"), "leave": ("left", "left"), "lend": ("lent", "lent"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "meet": ("met", "met"), "overcome": ("overcame", "overcome"),
    "overthrow": ("overthrew", "overthrown"), "put": ("put", "put"), "rebuild": ("rebuilt", "rebuilt"),
    "say": ("said", "said"), "seek": ("sought", "sought"), "sell": ("sold", "sold"), "send": ("sent", "sent"),
    "shoot": ("shot", "shot"), "spend": ("spent", "spent"), "split": ("split", "split"), "stand": ("stood", "stood"),
    "strike": ("struck", "struck"), "swear": ("swore", "sworn"), "take": ("took", "taken"), "tell": ("told", "told"),
    "throw": ("threw", "thrown"), "win": ("won", "won"), "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"), "wage": ("waged", "waged"), "become": ("became", "become"), "set": ("set", "set"),
    "shell": ("shelled", "shelled"), "bomb": ("bombed", "bombed"), "arm": ("armed", "armed"),
    "undergo": ("underwent", "undergone"), "get": ("got", "got"), "find": ("found", "found"), "see": ("saw", "seen"),
}  # fmt: skip
_DOUBLED = frozenset("ban rob prop kidnap equip stop plan split cut hit put plot patrol expel rebel compel".split())


def inflected(verb: str) -> Iterator[tuple[Form, str]]:
    """The forms of an English verb.

    >>> [spelled for _, spelled in inflected("ally")]
    ['ally', 'allies', 'allied', 'allied', 'allying']
    """
    yield Form.BASE, verb
    sibilant = verb.endswith(("s", "x", "z", "ch", "sh", "o"))
    consonant_y = verb.endswith("y") and verb[-2] not in "aeiou"
    yield Form.S, verb[:-1] + "ies" if consonant_y else verb + ("es" if sibilant else "s")
    double = verb + verb[-1] if verb in _DOUBLED else verb
    if verb in _IRREGULAR:
        past, participle = _IRREGULAR[verb]
    else:
        past = verb + "d" if verb.endswith("e") else verb[:-1] + "ied" if consonant_y else double + "ed"
        participle = past
    yield Form.PAST, past
    yield Form.PARTICIPLE, participle
    yield Form.ING, (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else double) + "ing"
