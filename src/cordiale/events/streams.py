"""The streams that are read, by name."""

from __future__ import annotations

from cordiale.errors import UnknownName
from cordiale.events.acled import ACLED
from cordiale.events.formats import Format
from cordiale.events.gdelt import GDELT1, GDELT2
from cordiale.events.ged import GED
from cordiale.events.icews import ICEWS
from cordiale.events.phoenix import PHOENIX
from cordiale.events.polecat import POLECAT

STREAMS = {one.name: one for one in (GDELT2, GDELT1, ICEWS, POLECAT, PHOENIX, ACLED, GED)}


def stream(name: str) -> Format:
    """The stream of a name; an `UnknownName` with the near ones.

    >>> stream("icews").title
    'ICEWS Coded Event Data'
    """
    try:
        return STREAMS[name]
    except KeyError:
        raise UnknownName("event stream", name, STREAMS) from None
