"""PDFs: lines put together into paragraphs, and PDFs that give no text."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader, PdfWriter

from cordiale.documents.options import ReadOptions
from cordiale.documents.pdf import paragraphs, pdf_documents
from cordiale.documents.raw import Raw
from cordiale.errors import UnreadableInput

NOW = datetime(2020, 1, 2, 12, tzinfo=UTC)
LINES = ("Envoys of the two states met in the capital on", "Monday and agreed to meet again in spring, they", "said.")


def pdf(*pages, info=""):
    """A PDF with these lines on these pages, by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 720 Td {shown}ET" if lines else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, places = "%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{value}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R /Info {count - 1} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}").encode("latin-1")


def locked(data, password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def document(data, **options):
    (found,) = pdf_documents(Raw(source="a.pdf", retrieved=NOW, options=ReadOptions(**options), data=data))
    return found


def test_the_lines_of_a_paragraph_are_put_together():
    assert document(pdf(LINES)).text == " ".join(LINES)


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    assert document(pdf(LINES[:2], LINES[2:])).text == " ".join(LINES)


def test_a_short_last_line_ends_its_paragraph():
    assert document(pdf([*LINES, *LINES])).text == "\n".join([" ".join(LINES)] * 2)


def test_a_pdf_says_its_title_and_author():
    found = document(pdf(LINES, info="/Title (Two States) /Author (Ann Writer)"))
    assert (found.title, found.authors) == ("Two States", ("Ann Writer",))


def test_the_name_of_a_word_file_is_no_title():
    assert document(pdf(LINES, info="/Title (Microsoft Word - draft3.doc)")).title is None


def test_the_day_on_which_a_pdf_was_made_is_not_when_it_was_published():
    assert document(pdf(LINES, info="/CreationDate (D:20150603100000Z)")).published is None


def test_running_heads_and_page_numbers_are_left_out():
    pages = [
        ["Annual Report 2015", *LINES[:2], "and so it went on for the whole of year", str(n)] for n in (1, 2, 3, 4)
    ]
    text = document(pdf(*pages)).text
    assert "Annual Report" not in text and "4" not in text


def test_a_pdf_without_text_is_an_error():
    with pytest.raises(UnreadableInput, match="without text, perhaps scanned"):
        document(pdf([]))


def test_a_pdf_with_a_password_is_an_error():
    with pytest.raises(UnreadableInput, match="has a password"):
        document(locked(pdf(LINES), "secret"))


def test_a_pdf_that_only_restricts_its_use_is_read():
    assert document(locked(pdf(LINES), "")).text == " ".join(LINES)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5])
def test_a_pdf_that_breaks_off_is_an_error(share):
    data = pdf(*[LINES] * 5)
    with pytest.raises(UnreadableInput, match=r"damaged or cut short|without text|without pages"):
        document(data[: int(len(data) * share)])


def test_a_pdf_of_too_many_pages_is_an_error():
    with pytest.raises(UnreadableInput, match="a PDF of 3 pages"):
        document(pdf(LINES, LINES, LINES), max_pages=2)


def test_a_hyphen_at_the_end_of_a_line_stays_with_its_word():
    assert paragraphs([["The envoys of the pro-", "government side met at noon."]])[0].startswith(
        "The envoys of the pro-gov"
    )
