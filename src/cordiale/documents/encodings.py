"""From bytes to text, and what is taken out of text from outside.

A byte-order mark decides; then UTF-8 where the bytes are valid UTF-8; then what the page or server declares; then a
detector. Text that none of these decides is refused, not guessed. `clean` drops control characters (NUL among them) and
makes every line end \\n, before any offset is counted: `Document.text` is the cleaned text. Non-breaking spaces, curly
quotes and all other characters stay exactly as they are.
"""

from __future__ import annotations

import codecs
import re

from cordiale.documents.formats import unmarked_utf16
from cordiale.errors import UnreadableInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Only character sets: Python also knows codecs such as unicode_escape, which a page must not choose.
_CHARSETS = re.compile(r"(utf-8|cp\d+|iso8859|iso2022|koi8|mac-|big5|gb|euc|shift_jis|hz|johab|tis)")
# Bytes that mean the same punctuation in every Windows code page of a Western or Central European language.
_TYPOGRAPHY = bytes((0x80, 0x85, *range(0x91, 0x98), 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xB0, 0xB7, 0xBB))
_ASCII = bytes(range(128))

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML page or XML file declares in its first 4 KB.

    >>> declared_charset(b'<meta charset="windows-1251">')
    'windows-1251'
    """
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def decode(data: bytes, *, source: str, declared: str | None = None, place: str | None = None) -> str:
    """The text of these bytes, cleaned. UnreadableInput where the encoding cannot be decided.

    >>> decode("“Oui”, dit-il.".encode("cp1252"), source="a.txt")
    '“Oui”, dit-il.'
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return clean(data[len(bom) :].decode(name))
            except UnicodeDecodeError as error:
                why = f"it is marked as {name.upper()} and is not"
                raise UnreadableInput(source, why, "save it again as UTF-8", place=place) from error
    text = _decoded(data, declared)
    if text is None:
        raise UnreadableInput(source, "its encoding cannot be told", "save it as UTF-8", place=place)
    return clean(text)


def clean(text: str) -> str:
    """Text without control characters, save tab, and with \\n at line ends. Half characters become U+FFFD.

    >>> clean("a\\x00b\\r\\nc\\u00a0d")
    'ab\\nc\\xa0d'
    """
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))).removeprefix("\ufeff")


def one_line(text: object) -> str | None:
    """A name or title on one line; None where nothing is left or it is no text.

    >>> one_line("  A\\n title ")
    'A title'
    """
    return " ".join(clean(text).split()) or None if isinstance(text, str) else None


def _decoded(data: bytes, declared: str | None) -> str | None:
    charset = _charset(declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if wide := unmarked_utf16(data[:4096]):
            return _try(data, wide)
        # Bytes that happen to be valid UTF-8 with accents are UTF-8, whatever an old template declares. Only a
        # seven-bit charset, whose bytes are all ASCII, is believed over it.
        if charset and charset.startswith(("iso2022", "hz")) and data.isascii():
            return _try(data, charset) or text
        return text
    return (
        (_try(data, charset) if charset and charset != "utf-8" else None)
        or _damaged_utf8(data)
        or _western(data)
        or _detected(data)
    )


def _charset(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # what browsers read these as, and what pages that say so are in
    return name if _CHARSETS.match(name) else None


def _try(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes: each becomes U+FFFD, where ten whole characters stand against one broken."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return text if whole >= 10 * broken else None


def _western(data: bytes) -> str | None:
    """English text from Windows: all that is not ASCII is punctuation. A detector often gets so little wrong."""
    return _try(data, "cp1252") if not data.translate(None, _ASCII + _TYPOGRAPHY) else None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65_536]).best()
    if best is None or best.encoding.startswith("utf_7"):
        return None
    text = _try(data, best.encoding)
    # The detector also names an encoding for noise; control characters and odd symbols in plenty give noise away.
    if text is None or len(_CONTROLS.findall(text)) > len(text) // 200:
        return None
    letters = sum(1 for character in text if character.isalnum() or character.isspace())
    return text if letters >= 0.75 * len(text) else None
