"""From an input (a file, folder, glob, URL or standard input) to documents, and what is reporting in their text.

`read_inputs` gives documents and errors as values, in order: a bad input stops nothing else. `body` says which spans of
a text are reporting, `fingerprint` tells copies of one story. Nothing here knows a store, an actor or a claim.
"""

from cordiale.documents.body import Span, body
from cordiale.documents.inputs import Expansion, Input, InputKind, expand, given
from cordiale.documents.intake import documents_in, read_inputs
from cordiale.documents.options import ReadOptions
from cordiale.documents.stories import SAME_STORY, Fingerprint, fingerprint

__all__ = [
    "SAME_STORY",
    "Expansion",
    "Fingerprint",
    "Input",
    "InputKind",
    "ReadOptions",
    "Span",
    "body",
    "documents_in",
    "expand",
    "fingerprint",
    "given",
    "read_inputs",
]
