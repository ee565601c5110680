"""Who: the catalogue of actors, and from a name in a text to an actor."""

from cordiale.actors.catalogue import Catalogue, catalogue
from cordiale.actors.linking import SURE, Link, Linker
from cordiale.actors.names import fold, skeleton
from cordiale.actors.provisional import provisional
from cordiale.actors.rows import FIELDS, read_actors

__all__ = [
    "FIELDS",
    "SURE",
    "Catalogue",
    "Link",
    "Linker",
    "catalogue",
    "fold",
    "provisional",
    "read_actors",
    "skeleton",
]
