"""Every error that Cordiale raises on purpose.

Each derives from `CordialeError` and from the nearest builtin, carries its fields, and says what happened, with the
value, and what to do about it.

    CordialeError
    ├── InvalidValue (ValueError)       a value that cannot exist: an empty interval, a quote that is no slice
    ├── UnknownName (LookupError)       a name that is not in a table; suggests the near ones
    ├── UnreadableInput (ValueError)    a file, feed, row or URL that gives no document
    ├── DossierError (OSError)          a dossier that cannot be opened, read or written
    ├── ExportError (OSError)           a file that cannot be written
    └── MissingExtra (ImportError)      an optional package that this call needs

What is no error, but should not go unsaid, is a `CordialeWarning`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any


class CordialeError(Exception):
    """What every error of this package derives from. All of them can be pickled, to come back from another process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.args, self.__dict__)


class CordialeWarning(UserWarning):
    """Something in what was given that was left out or settled by a rule: how much of it, and by which."""


def _rebuilt(kind: type[CordialeError], args: tuple[Any, ...], fields: dict[str, Any]) -> CordialeError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


class InvalidValue(CordialeError, ValueError):
    """A value that cannot exist, and how to mend it."""

    def __init__(self, what: str, value: object, mend: str) -> None:
        super().__init__(f"{what}: {value!r}; {mend}")
        self.what, self.value, self.mend = what, value, mend


class UnknownName(CordialeError, LookupError):
    """A name that a table does not have; `near` holds the names closest to it.

    >>> print(UnknownName("relation", "ally_off", ["ally_of", "rivals"]))
    unknown relation 'ally_off'; did you mean 'ally_of'?
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], mend: str = "") -> None:
        known = [str(name) for name in known]
        folded = {k.casefold(): k for k in known}
        close = difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
        self.kind, self.name, self.near = kind, name, tuple(folded[c] for c in close)
        if self.near:
            hint = "did you mean " + " or ".join(repr(n) for n in self.near) + "?"
        else:
            hint = mend or "see the names that exist: " + ", ".join(sorted(known))
        super().__init__(f"unknown {kind} {name!r}; {hint}")


class UnreadableInput(CordialeError, ValueError):
    """An input that gives no document: which one, where in it, why, and what to do.

    >>> print(UnreadableInput("news.jsonl", "not JSON", "mend the line", place="line 3"))
    news.jsonl, line 3: not JSON; mend the line
    """

    def __init__(self, source: str, why: str, mend: str, *, place: str | None = None) -> None:
        where = f"{source}, {place}" if place else source
        super().__init__(f"{where}: {why}; {mend}")
        self.source, self.why, self.mend, self.place = source, why, mend, place


class DossierError(CordialeError, OSError):
    """A dossier that cannot be opened, read or written."""

    def __init__(self, dossier: str, why: str, mend: str) -> None:
        super().__init__(f"{dossier}: {why}; {mend}")
        self.dossier, self.why, self.mend = dossier, why, mend

    def __str__(self) -> str:
        return f"{self.dossier}: {self.why}; {self.mend}"


class ExportError(CordialeError, OSError):
    """A file that cannot be written: which, why, and what to do."""

    def __init__(self, file: str, why: str, mend: str) -> None:
        super().__init__(f"{file}: {why}; {mend}")
        self.file, self.why, self.mend = file, why, mend

    def __str__(self) -> str:
        return f"{self.file}: {self.why}; {self.mend}"


class MissingExtra(CordialeError, ImportError):
    """An optional package that a call needs, and the extra that brings it."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs {package}; install it with: pip install 'cordiale[{extra}]'")
        self.package, self.extra, self.purpose = package, extra, purpose
