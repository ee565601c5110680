"""HiGHS without a sound: linear and integer programmes for proofs, one thread, nothing on the console.

Knows nothing of networks. Times that are given to it are seconds.
"""

from __future__ import annotations

import highspy

INFINITE = highspy.kHighsInf


class _Quiet(highspy.Highs):
    """HiGHS with nothing on the console: its banner comes with the callbacks, before options can be set."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def silent() -> highspy.Highs:
    """An empty model that says nothing and runs in one thread, so that it answers the same each time."""
    model = _Quiet()  # type: ignore[no-untyped-call]
    model.setOptionValue("threads", 1)
    return model
