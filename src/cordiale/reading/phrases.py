"""The noun phrases around names that stand for the same actor, or for another.

"Iranian government" and "forces of Iran" are Iran; "Assad's regime" is the state that he leads; "Syrian protesters" are
a people; a name before a title and a name ("Hamas leader X") only describes.
"""

from __future__ import annotations

from datetime import date

from cordiale.claims import Kind
from cordiale.reading.groups import describes
from cordiale.reading.lexicon import Form as VerbForm
from cordiale.reading.lexicon import begins_noun, lexicon
from cordiale.reading.mentions import Form, Mention, MentionFinder
from cordiale.reading.sentences import Sentence
from cordiale.reading.unknown import Cast


def compose(sentence: Sentence, mentions: list[Mention], finder: MentionFinder, cast: Cast, on: date | None) -> None:
    """Widens mentions to the noun phrases that stand for the same actor, in place.

    "Iranian government" and "forces of Iran" are Iran; "Assad's regime" is the state that he leads; "Syrian protesters"
    are a people; a name before a title and a name ("Hamas leader X") only describes.
    """
    words = lexicon().words
    by_first = {m.first: m for m in mentions}
    for mention in mentions:
        at = mention.last
        if at < len(sentence) and (sentence.low[at] == "'s" or sentence.text[at] in {"'", "’"}):
            mention.possessive = sentence.low[at] == "'s" or sentence.fold[at - 1].endswith("s")
        if (mention.possessive and _holds_named(sentence, mention, by_first)) or _in_compound(sentence, mention):
            mention.modifier = True
            continue
        noun = _noun_after(sentence, mention, by_first)
        if noun is None:
            if mention.form is Form.ADJECTIVE and _plural(sentence, mention):
                mention.form = Form.NAME
            continue
        word = sentence.low[noun]
        named = by_first.get(noun + 1)
        apposed = by_first.get(noun + 2) if noun + 1 < len(sentence) and sentence.low[noun + 1] == "," else named
        if (
            (apposed is not None and apposed.kind is Kind.PERSON and word in words["titles"])
            or word in words["observers"]
            or (word in words["person_titles"] and _apposed(sentence, mention, mentions))
        ):
            mention.modifier = True
        elif word in words["group_nouns"] and (mention.form is Form.ADJECTIVE or mention.kind is Kind.STATE):
            continue
        elif word in words["state_organs"] and (mention.form is Form.ADJECTIVE or _owns(mention)):
            _become(mention, sentence, noun + 1, finder, on)
        elif word in words["peoples"] and mention.kind in {Kind.STATE, Kind.PEOPLE} and not mention.possessive:
            if mention.form is not Form.ADJECTIVE and noun > mention.last:
                continue  # "Syria faces growing opposition"
            _become_people(mention, sentence, noun + 1, finder, cast)
    for mention in mentions:
        at = mention.first - 1
        while at > 0 and sentence.low[at] in {"the", "a"}:
            at -= 1
        if (
            mention.form is Form.NAME
            and at > 0
            and sentence.low[at] == "of"
            and sentence.low[at - 1] in words["state_organs"]
        ):
            mention.first = at - 1


def _apposed(sentence: Sentence, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a title only says who the person before it is: "X, the Russian foreign minister"."""
    at = mention.first - 1
    while at > 0 and sentence.low[at] in {"the", "a", "an", "its", "then", "former"}:
        at -= 1
    return at > 0 and sentence.low[at] == "," and any(m.last == at and m.kind is Kind.PERSON for m in mentions)


def _in_compound(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only says of what kind the actor after it is: "the Iran-aligned Houthis"."""
    at = mention.last
    if at + 2 >= len(sentence) or sentence.low[at] != "-":
        return False
    low = sentence.low[at + 1]
    return low in lexicon().compounds or low in {"run", "held"} or (low.endswith("ed") and len(low) > 4)


def _holds_named(sentence: Sentence, mention: Mention, by_first: dict[int, Mention]) -> bool:
    """Whether a possessive only says whose the actor named after it is: "Egypt's Hezbollah", "Assad's Syria"."""
    at = mention.last + 1
    while at < len(sentence) and at not in by_first and describes(sentence.low[at]) and at < mention.last + 3:
        at += 1
    named = by_first.get(at)
    if named is None or named.form is Form.ADJECTIVE or named.actor == mention.actor:
        return False
    if named.kind is Kind.STATE and mention.kind is not Kind.PERSON:
        return False
    after = sentence.low[named.last] if named.last < len(sentence) else ""
    verbal = after in lexicon().verbs and after not in lexicon().nouns
    return not begins_noun(after) or after in lexicon().words["speech"] or verbal or after.endswith("ed")


def _owns(mention: Mention) -> bool:
    return mention.kind is not Kind.PERSON or mention.possessive


def _noun_after(sentence: Sentence, mention: Mention, by_first: dict[int, Mention]) -> int | None:
    """The noun that a mention describes or owns: at most two plain words on."""
    words = lexicon().words
    wanted = words["state_organs"] | words["peoples"] | words["titles"] | words["observers"]
    at = mention.last + (1 if mention.possessive else 0)
    best = None
    for step in range(5):
        if at + step >= len(sentence) or at + step in by_first:
            break
        low = sentence.low[at + step]
        if low in wanted:
            best = at + step
            continue
        if not low.isalpha() or low in words["prepositions"] or low in words["auxiliary"]:
            break
        if low in words["press"]:
            return None  # "Iranian state television" is not Iran
        if low in words["conjunctive"] or low in words["determiners"] or low in {"and", "or"} or step >= 3:
            break
        if best is not None and low not in words["portfolios"]:
            break
        forms = {form for form, _ in lexicon().verbs.get(low, ())}
        # "Libya funded rebels"
        told = mention.form is not Form.ADJECTIVE and (VerbForm.PAST in forms or low.endswith("ed"))
        if told or forms & {VerbForm.S, VerbForm.ING}:
            break
    return best


def _plural(sentence: Sentence, mention: Mention) -> bool:
    return sentence.fold[mention.last - 1].endswith("s") and not sentence.fold[mention.last - 1].endswith("ss")


def _become(mention: Mention, sentence: Sentence, last: int, finder: MentionFinder, on: date | None) -> None:
    catalogue = finder.linker.catalogue
    if mention.kind is Kind.PERSON and mention.actor in catalogue:
        offices = [o for o in catalogue[mention.actor].offices if on is None or o.held.holds(on)]
        offices = offices or list(catalogue[mention.actor].offices)
        if not offices or offices[-1].of not in catalogue:
            return
        mention.actor = offices[-1].of
        mention.kind = catalogue[mention.actor].kind
    elif mention.kind is Kind.PERSON:
        return
    mention.titled = sentence.low[last - 1] in lexicon().words["person_titles"]
    mention.last = last
    mention.form = Form.NAME
    mention.possessive = last < len(sentence) and (sentence.low[last] == "'s" or sentence.text[last] in {"'", "’"})


def _become_people(mention: Mention, sentence: Sentence, last: int, finder: MentionFinder, cast: Cast) -> None:
    text = " ".join(sentence.text[mention.first : last])
    link = finder.linker.link(text)
    if link is not None:
        mention.actor, mention.kind = link.actor.id, link.actor.kind
    else:
        mention.actor, mention.kind = cast.add(text, Kind.PEOPLE), Kind.PEOPLE
    mention.last = last
    mention.form = Form.NAME
