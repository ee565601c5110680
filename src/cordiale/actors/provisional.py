"""An actor of which nothing is known but a name that no catalogue has. A user merges it with another later."""

from __future__ import annotations

import re

from cordiale.actors.names import fold
from cordiale.claims import Actor, Kind, Name, Origin


def provisional(name: str, kind: Kind) -> Actor:
    """A provisional actor; one name always gives one id.

    >>> provisional("Northern Dawn Brigade", Kind.ARMED_GROUP).id
    '~northern-dawn-brigade'
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(name))) or "-".join(f"{ord(c):x}" for c in name if c.isalnum())
    return Actor(id=f"~{slug}", kind=kind, name=name, names=(Name(text=name),), origin=Origin.PROVISIONAL)
