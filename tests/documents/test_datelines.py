"""The day that a text gives itself, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from cordiale.documents.datelines import day_of

TODAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Talks end\n22 August 1990\n\nEnvoys left the capital.",
        "Talks end\nWednesday, August 22, 1990\n\nEnvoys left the capital.",
        "Talks end\nPublished: 1990-08-22\n\nEnvoys left the capital.",
        "CAIRO, Aug 22, 1990 (Agency) - Egypt condemned the raid.",
        "NEW DELHI, 22 August 1990. India condemned the raid.".replace(". India", " — India"),
    ],
)
def test_a_day_at_the_head_of_a_text_is_its_own(text: str) -> None:
    assert day_of(text, today=TODAY) == date(1990, 8, 22)


@pytest.mark.parametrize(
    "text",
    [
        "Egypt condemned the raid of 22 August 1990.",
        "The treaty of 22 August 1990 held for years, and nobody in either capital thought that it would end.",
        "Talks end\nAugust 1990\n\nEnvoys left the capital.",
        "Talks end\n31 February 1990\n\nEnvoys left the capital.",
        "Talks end\n22 August 2030\n\nEnvoys left the capital.",
        "One.\n" * 10 + "22 August 1990\n",
    ],
)
def test_a_day_that_the_text_tells_of_is_not(text: str) -> None:
    assert day_of(text, today=TODAY) is None
