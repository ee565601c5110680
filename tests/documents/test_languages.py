"""Which language a document is in."""

from __future__ import annotations

import pytest

from cordiale.documents.languages import language_of

TEXTS = {
    "en": "The two governments said on Tuesday that they would restore relations, which were cut three years ago, and "
    "that an ambassador would be sent before the end of the month.",
    "fr": "Les deux gouvernements ont annoncé mardi le rétablissement de leurs relations, rompues il y a trois ans, et "
    "l'envoi d'un ambassadeur avant la fin du mois.",
    "ru": "Правительства двух стран объявили во вторник о восстановлении отношений, прерванных три года назад, и о "
    "том, что посол прибудет до конца месяца.",
    "ar": "أعلنت الحكومتان يوم الثلاثاء استئناف العلاقات بينهما بعد انقطاع دام ثلاث سنوات، وأن سفيراً سيصل قبل نهاية "
    "هذا الشهر إلى العاصمة، وفق ما جاء في بيان مشترك.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_of_some_length_tells_its_language(code: str) -> None:
    assert language_of(TEXTS[code]) == code


def test_a_text_too_short_to_tell_has_no_language() -> None:
    assert language_of("Iran, Hamas, Syria.") is None
    assert language_of("12 345 — 67 %" * 40) is None
