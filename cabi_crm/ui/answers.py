"""Answers that are no pages: files to keep."""

from django.http import HttpResponse


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to keep; a browser never guesses what it is."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
