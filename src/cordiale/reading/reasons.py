"""Why, and by which means: the stated cause of a claim, as a span of its sentence, and the means of support."""

from __future__ import annotations

import re

from cordiale.claims import Means

_CAUSE = re.compile(
    r"\b(?:because of|because|due to (?=the |an? |its |his |her |their |this |that |these |[A-Z])"
    r"|owing to|on account of|as a result of|in protest (?:at|against)|in response to"
    r"|in retaliation for|over (?=its|his|their|the|[A-Z])|after (?:it|he|she|they|the|[A-Z][\w’']+)(?:\s+\w+){0,4}?\s+"
    r"(?:refused|declined|rejected|supported|backed|invaded|attacked|signed|failed))",
)
_STOP = re.compile(r"[;.:]|[,—–](?=\s)|\s(?:and|but|while|although)\s(?=\w+\s(?:has|had|is|was|were|are|will)\b)|$")
_MEANS = {
    Means.TROOPS: r"troops|soldiers|fighters|forces|mercenaries|advisers|battalions",
    Means.TERRITORY: r"bases?|sanctuary|safe haven|territory|refuge|shelter",
    Means.WEAPONS: r"weapons?|arms|armed|arming|missiles?|rockets?|munitions|ammunition|tanks?|rifles",
    Means.MATERIEL: r"materiel|material|equipment|equip\w*|supplies|fuel|vehicles|logistic\w*",
    Means.TRAINING: r"train\w*|instructors?|advisers?",
    Means.FUNDING: r"fund\w*|financ\w*|money|cash|loans?|subsid\w+|bankroll\w*|dollars|payments?",
    Means.INTELLIGENCE: r"intelligence|satellite imagery",
    Means.POLITICAL: r"political|diplomatic|moral support|veto\w*",
}
_MEANS_RE = {means: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for means, words in _MEANS.items()}


def find_cause(text: str, start: int, end: int, cue: int) -> tuple[int, int] | None:
    """The span of the stated cause in the sentence [start, end), nearest after the cue, else before it."""
    found = []
    for match in _CAUSE.finditer(text, start, end):
        stop = _STOP.search(text, match.end() + 3, end)
        last = stop.start() if stop is not None else end
        if last - match.start() > 8:
            found.append((match.start(), last))
    later = [span for span in found if span[0] >= cue]
    return later[0] if later else (found[-1] if found else None)


def find_means(text: str, start: int, end: int) -> tuple[Means, ...]:
    """The means of support named between two offsets."""
    return tuple(means for means, words in _MEANS_RE.items() if words.search(text, start, end))
