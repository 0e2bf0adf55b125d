"""An invented agreement to print, and ways to read the PDF that comes out."""

import io
import re
import subprocess
from datetime import date

import pikepdf

from cabi_crm.pdf.logos import Logo
from partnerships.documents import AgreementPaper, PaperPoint, Party

TITLES = {
    1: "Deltagelse i et partnerskabsnetværk",
    2: "Samarbejde om at fastholde sygemeldte medarbejdere",
    3: "Annoncering af ledige job på www.jobnet.dk",
    4: "Aftale om virksomhedspraktik, løntilskudsansættelse, voksenlærling, mentorordning m.m.",
    5: "Opkvalificering af medarbejdere samt voksenlærlinge",
    6: "Deltagelse og rekruttering ved jobmesser",
    7: "Andet – speciel indsats",
}
SENTENCES = [
    "Virksomheden stiller hvert år fire pladser til rådighed, hver med sin egen mentor.",
    "Jobcentret følger op hver fjortende dag og kommer samme dag, hvis noget driller.",
    "Sammen lægger vi en plan med opgaver og timer, der kan holde, også når hverdagen presser på.",
]
DRAWING = Logo(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    b'<circle cx="20" cy="20" r="18"/></svg>',
    "image/svg+xml",
)
LONG_NAME = "Boligforeningen af 1. oktober 1943 v/ Ejendomskontoret Nordre Stationsvej"


def points(*numbers: int, sentences: int = 2) -> tuple[PaperPoint, ...]:
    """Points with so many sentences each."""
    text = " ".join(SENTENCES[i % len(SENTENCES)] for i in range(sentences))
    return tuple(PaperPoint(number, TITLES[number], text) for number in numbers)


def make_paper(**changes) -> AgreementPaper:
    """An agreement about points 1, 4 and 7."""
    values = {
        "number": "2026-014",
        "version": 1,
        "language": "da",
        "paper": "a4",
        "company": Party(
            name="Ålykke Café ApS",
            role="Ejer og daglig leder",
            signatory="Mette Ålykke",
            cvr_number="99000015",
            p_number="1999000015",
            address="Havnegade 4, 4299 Fjordby",
            logo=DRAWING,
        ),
        "organisation": Party(
            name="Jobcenter Fjordby",
            role="Jobcenterchef",
            signatory="Jens Fjord",
            cvr_number="99003383",
            address="Rådhustorvet 1, 4299 Fjordby",
            logo=DRAWING,
        ),
        "points": points(1, 4, 7),
        "purpose": "Sammen hjælper vi borgere med at få fodfæste på arbejdsmarkedet\n"
        "og lokale virksomheder med at få den arbejdskraft, de efterspørger.",
        "valid_from": date(2026, 12, 1),
        "renegotiated": date(2027, 11, 1),
        "place": "Fjordby",
        "signed_on": date(2026, 12, 1),
    }
    return AgreementPaper(**{**values, **changes})


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF's structure."""
    return pikepdf.open(io.BytesIO(pdf))


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    return len(opened(pdf).pages)


def text_lines(pdf: bytes, *, page: int | None = None) -> list[str]:
    """The lines of text a reader sees, with plain spaces."""
    span = ["-f", str(page), "-l", str(page)] if page else []
    command = ["pdftotext", "-layout", *span, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    lines = done.stdout.decode().replace("\u00a0", " ").splitlines()
    return [re.sub(r"\s+", " ", line).strip() for line in lines if line.strip()]


def text(pdf: bytes, *, page: int | None = None) -> str:
    """All text on one line."""
    return " ".join(text_lines(pdf, page=page))
