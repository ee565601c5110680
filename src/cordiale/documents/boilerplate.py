"""Lines that stand around reporting and are none: calls to action, prices, credits, bylines, labels, copyright.

Each rule looks at one line alone and is general: it names a form of words that outlets use, none that one article uses.
A rule must rather let a line pass than take a sentence of reporting, so each is bounded by length, by position or by a
turn of phrase that reporting does not use outside quotation marks. The language is English; lines of others pass.
"""

from __future__ import annotations

import re

_STOPS = '.?”"'  # what ends with one is a sentence rather than a label or an offer
_SECOND = r"\b(?:you|your|yours|we|our|us|here)\b"

# An imperative at the start of a line. Alone such a verb proves nothing ("Follow the money"): short, and with "you",
# "our" or "us", it is the outlet speaking to its reader.
_IMPERATIVE = re.compile(
    r"(?:please\s+|now,?\s+)?(?:show|support|help|join|get|become|give|donate|share|tell|send|enter|try|start|stay|keep"
    r"|find|discover|explore|download|watch|listen|read|see|view|visit|check|contact|e-?mail|follow|like|subscribe"
    r"|sign|register|log|click|tap|unlock|access|choose|enjoy|receive|upgrade|buy|order|save|add|enable|turn)\b"
    r"(?!\s+(?:for|from|of|among|between|is|was|were|has|had|will|would|could|may|might)\b)",  # here it is a noun
    re.IGNORECASE,
)
_QUOTED = re.compile('[“”"«»]')
# In a sentence that somebody says, "you" and "us" are theirs.
_TOLD = re.compile(r"\b(?:said|says|wrote|told|added|warned|asked|according|argued|insisted|declared|urged)\b")
_ADDRESSED = re.compile(_SECOND, re.IGNORECASE)

# Verbs that outlets use of themselves only, at the start of a short line, whether or not it says "you".
_CALL = re.compile(
    r"(?:please\s+)?(?:subscribe(?:\s+(?:now|today|to|for)\b|[\s!.]*\Z)|sign\s+(?:up|in)\s*(?:now|today|for|to|with|[!.]*\Z)"
    r"|log\s+in\b|register\s+(?:now|today|for\s+free|to\s+(?:read|continue))|donate(?:\s+(?:now|today|here)\b|[\s!.]*\Z)"
    r"|click\s+(?:here|to|on)\b|tap\s+(?:here|to)\b|follow\s+@|(?:share|like|follow)\s+(?:this|us|on)\b"
    r"|(?:read|see|find\s+out|learn|load|show)\s+more\b|become\s+an?\s+(?:[\w’'-]+\s+){0,6}?(?:subscriber|member|patron|supporter)"
    r"|continue\s+reading|skip\s+to\b|back\s+to\s+top|leave\s+a\s+(?:comment|reply)|listen\s+to\s+this\s+(?:article|story)"
    r"|get\s+(?:unlimited|full|free)\s+access)",
    re.IGNORECASE,
)

# Turns of phrase that belong to a page and not to what it reports, wherever in a line they stand.
_OF_THE_PAGE = re.compile(
    r"\b(?:your\s+(?:inbox|browser|e-?mail\s+address|subscription)|(?:our|free|daily|weekly|morning)\s+newsletters?"
    r"|(?:sign\s+up|subscribe)\s+(?:to|for)\s+(?:our|the)\b.{0,60}\b(?:newsletter|e-?mails?|alerts?|channel|podcast|briefing)"
    r"|(?:we|this\s+(?:web)?site)\s+uses?\s+cookies|(?:our|cookie)\s+(?:cookie|privacy)\s+policy|terms\s+of\s+(?:use|service)\s+and"
    r"|enable\s+javascript|(?:viewing|reading|enjoy(?:ed)?|like|share)\s+this\s+(?:article|page|story|post)\b.{0,40}\b(?:please|click|share|report)"
    r"|report\s+(?:it|this|them)\s+here|click(?:ing)?\s+(?:here|the\s+link\s+below|on\s+the\s+(?:link|button))"
    r"|support\s+our\s+(?:work|journalism|reporting)|follow\s+(?:us|him|her|them|the\s+author)\s+on\s+"
    r"(?:twitter|facebook|instagram|telegram|x|linkedin|youtube|bluesky|mastodon)\b"
    r"|follow\s+[\w.’' ]{2,40}\s+on\s+(?:twitter|x|facebook)\s*(?:at\s+)?[:@]|ad(?:vertisement)?-?\s*free\s+experience"
    r"|already\s+a\s+(?:subscriber|member)|(?:app\s+store|google\s+play)\b.{0,40}\bdownload|download\s+(?:our|the)\s+(?:free\s+)?app\b)",
    re.IGNORECASE,
)

_PRICE = re.compile(r"(?:[$€£]\s?\d|\d\s?(?:€|£|USD|EUR)\b|\b\d+\s?%\s+off\b)")
_OFFER = re.compile(r"(?:only|just|from|save|now|for\s+as\s+little|try|starting)\b", re.IGNORECASE)
_PER = re.compile(r"(?:per|an?|/)\s*(?:month|year|week|mo|yr)\b|%\s+off\b", re.IGNORECASE)

_BULLET = re.compile(r"[•·▪‣◦●■►✓✔*–—-]\s+")
_OFFERED = re.compile(
    r"\b(?:ad-?\s?free|unlimited|access|exclusive|inbox|membership|subscribers?|newsletter|free|cancel|your|our)\b|%",
    re.IGNORECASE,
)

# "Photos via ...", "Image: ...", "(Photo by ...)": the noun with its capital, where a sentence or bracket begins, and
# names after it to the end of the line. "A photo by the ministry shows" is reporting and has neither.
_CREDIT = re.compile(
    r"(?:\A|[.!?…)\]”\"’]\s+|[–—|]\s*|[(\[]\s*)"
    r"(?:File\s+)?(?:Photo(?:graph)?|Image|Picture|Illustration|Graphic|Video|Map|Footage|Screenshot)s?"
    r"(?:\s+(?:by|via|from|courtesy(?:\s+of)?|credits?)\b\s*:?|\s*:|\s*/|\s*©)\s*(?P<rest>.{2,90})\Z",
    re.DOTALL,
)
_AGENCY = re.compile(
    r"(?:\b(?:REUTERS|Reuters|AP(?:\s+Photo)?|AFP|EPA(?:-EFE)?|Getty(?:\s+Images)?|Anadolu(?:\s+Agency)?|Xinhua|TASS)\s*/\s*"
    r"[A-Z][\w.’' -]{2,50}"
    r"|[\[(][^\[\]()]{2,50}/\s*(?:REUTERS|Reuters|AP(?:\s+Photo)?|AFP|EPA|Getty(?:\s+Images)?|Anadolu)"
    r"[^\[\]()]{0,20}[\])]|(?:/|via|©)\s*(?:AFP\s+via\s+)?Getty(?:\s+Images)?|\bAFP\s+PHOTO\b.{0,40})[\s.)\]]*\Z"
)
_CAPTION_LABEL = re.compile(
    r"(?:FILE(?:\s+PHOTO)?|File photo|Image caption|Media caption|Photo credit|Caption)\s*[:–—-]"
)

_LABEL = re.compile(
    r"(?:related(?:\s+(?:articles?|stories|topics|content|posts|coverage|news))?|read(?:\s+(?:more|also|next))?"
    r"|also\s+read|see\s+also|more\s+(?:on|from|in|about)\b[\w ’']{0,40}|tags?|topics?|filed\s+under|categor(?:y|ies)"
    r"|keywords|share(?:\s+(?:this|on|via))?\b[\w ]{0,20}|recommended|trending|most\s+(?:read|popular|viewed)"
    r"|editor[’']?s[’']?\s+(?:picks?|choice)|you\s+m(?:ay|ight)\s+also\s+like|watch|listen|comments?|advertisement"
    r"|sponsored(?:\s+content)?|contact|source\s+link|print|next\s+article|previous\s+article)\s*(?::|»|>|\Z)",
    re.IGNORECASE,
)

_COPYRIGHT = re.compile(
    r"\A\s*(?:©|\(c\)\s*\d{4}|copyright\b\s*(?:©|\(c\)|\d{4}|by\b))|\ball\s+rights\s+reserved\b"
    r"|\bmay\s+not\s+be\s+(?:published|reproduced|republished|redistributed)\b.{0,60}\b(?:broadcast|permission|rewritten|redistributed)",
    re.IGNORECASE | re.DOTALL,
)

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS},?\s+\d{{4}}|{_MONTHS}\s+\d{{1,2}},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4})",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:(?:last|first)?\s*(?:updated|published|posted|modified|issued|filed|created)(?:\s+(?:on|at))?|date|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|(?:mon|tue|wed|thu|fri|sat|sun)\b|at|on|\d{1,2}[:.]\d\d(?::\d\d)?"
    r"|[ap]\.?m\.?|gmt|utc|e[sd]?t|bst|cet|ist|\d+\s+min(?:ute)?s?\s+(?:read|ago)|\d+\s+(?:hours?|days?)\s+ago|[\s,.:|·•()/–—-])*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\(?(?:(?:[Bb]y|BY)\s+|(?:Additional\s+)?[Rr]eporting\s+by\s+|(?:Written|Edited|Compiled|Translated)\s+by\s+)"
    r"(?P<names>[A-Z][\w.’'-]+(?:(?:\s*,\s*|\s+and\s+|\s*[|/&·]\s*|\s*;\s*|\s+)(?:in\s+|for\s+|of\s+|the\s+|de\s+|al-|bin\s+|van\s+"
    r"|[Ee]diting\s+by\s+|[Ww]riting\s+by\s+|[A-Z(\d@][\w.’'@):-]*))*)[\s.)|]*\Z"
)
_NAVIGATION = re.compile(r"\s*(?:[|>»›/•·]|::)\s*")

# The long patterns are slow to fail. Each line is first asked for a piece that a match must hold.
_PAGE_WORDS = (
    "inbox", "browser", "e-mail", "email", "subscri", "newsletter", "sign up", "cookie", "polic", "terms of",
    "javascript", "this ", "here", "click", "support our", "follow ", "free exp", "already", "app", "google",
)  # fmt: skip
_AGENCY_WORDS = ("/", "Getty", "AFP PHOTO")
_RIGHTS_WORDS = ("©", "(c)", "copyright", "rights reserved", "may not be")
_CREDIT_WORDS = (
    "Photo", "Image", "Picture", "Illustration", "Graphic", "Video", "Map", "Footage", "Screenshot",
)  # fmt: skip


def is_boilerplate(line: str) -> bool:
    """Whether a line, by its own form of words alone, is no reporting.

    >>> is_boilerplate("Sign up for our weekly newsletter."), is_boilerplate("The army asked volunteers to sign up.")
    (True, False)
    """
    words = len(line.split())
    if words > 60:
        return False  # a paragraph; a credit stuck to its end does not undo what it reports
    return (
        _is_call(line, words)
        or _is_offer(line, words)
        or _is_credit(line)
        or (words <= 25 and line[-1] not in _STOPS and _LABEL.match(line) is not None)
        or (_holds(line.lower(), _RIGHTS_WORDS) and _COPYRIGHT.search(line) is not None)
        or _is_byline(line, words)
        or _is_navigation(line)
    )


def _is_call(line: str, words: int) -> bool:
    if line[0] in "“\"‘'«„" or _TOLD.search(line):
        return False  # somebody is quoted
    line = _BULLET.sub("", line, count=1)
    if words <= 15 and _IMPERATIVE.match(line) and _ADDRESSED.search(line) and not _QUOTED.search(line):
        return True
    if words <= 25 and _CALL.match(line):
        return True
    return words <= 45 and _holds(line.lower(), _PAGE_WORDS) and _OF_THE_PAGE.search(line) is not None


def _holds(line: str, pieces: tuple[str, ...]) -> bool:
    return any(piece in line for piece in pieces)


def _is_offer(line: str, words: int) -> bool:
    if words > 15:
        return False
    bullet = _BULLET.match(line)
    rest = line[bullet.end() :] if bullet else line
    if bullet and rest and rest[-1] not in _STOPS and _OFFERED.search(rest):
        return True
    # "The militia pays $300 per month." has a price too, but no offer's opening, and ends as a sentence does.
    if not _PRICE.search(rest):
        return False
    return (_OFFER.match(rest) is not None or rest[-1] not in _STOPS) and _PER.search(rest) is not None


def _is_credit(line: str) -> bool:
    if _CAPTION_LABEL.match(line) or (_holds(line, _AGENCY_WORDS) and _AGENCY.search(line)):
        return True
    match = _CREDIT.search(line) if _holds(line, _CREDIT_WORDS) else None
    if match is None:
        return False
    rest = match["rest"].strip()
    names = [
        word for word in re.findall(r"[^\W\d_][\w’'-]*", rest) if word.lower() not in ("of", "the", "and", "for", "via")
    ]
    # names to the end; or no sentence
    return len(rest.split()) <= 10 and (rest[-1] not in ".!?" or all(word[0].isupper() for word in names))


def _is_byline(line: str, words: int) -> bool:
    if words > 30:
        return False
    if _BYLINE.match(line):
        return True
    dated = _DATE.search(line) if any(map(str.isdigit, line)) else None
    # only a date, or a byline and a date: nothing else is said
    if dated is None:
        return words <= 8 and any(map(str.isdigit, line)) and _DATE_WORDS.fullmatch(line) is not None
    before, after = line[: dated.start()].strip(" |,·•–—-"), line[dated.end() :]
    return _DATE_WORDS.fullmatch(after) is not None and (
        not before or _DATE_WORDS.fullmatch(before) is not None or _BYLINE.match(before) is not None
    )


def _is_navigation(line: str) -> bool:
    """Menus and breadcrumbs: three or more entries of at most three words, between bars or arrows."""
    if sum(map(line.count, "|>»›/•·:")) < 2:
        return False
    entries = [entry for entry in _NAVIGATION.split(line) if entry]
    return len(entries) >= 3 and all(len(entry.split()) <= 3 for entry in entries) and line[-1] not in "!" + _STOPS
