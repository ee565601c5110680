"""Who: the catalogue of actors, and from a name in a text to an actor."""

from cordiale.actors.catalogue import FIELDS, Catalogue, catalogue, read_actors
from cordiale.actors.linking import SURE, Link, Linker
from cordiale.actors.names import fold, skeleton

__all__ = ["FIELDS", "SURE", "Catalogue", "Link", "Linker", "catalogue", "fold", "read_actors", "skeleton"]
