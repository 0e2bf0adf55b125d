"""The PDF engine fetches nothing but its own fonts and what it was handed."""

import pytest

from cabi_crm.pdf import PdfError, Resource, engine, lay_out, render_pdf
from tests.pdf.paperkit import page_count, text


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/canary",
        "https://example.test/x.png",
        "ftp://example.test/x",
        "data:text/css,p{color:red}",
        "resource:someone-elses-logo",
        "font:../../etc/passwd",
        "static:paper.css",
        "",
    ],
)
def test_every_other_address_is_refused(address):
    with pytest.raises(PdfError):
        engine.fetch(address, {"resource:logo": Resource(b"x", "image/png")})


def test_fonts_and_handed_in_pictures_are_served():
    logo = Resource(b"picture", "image/png")

    assert engine.fetch("resource:logo", {"resource:logo": logo}) == b"picture"
    for name in engine.FONTS:
        assert len(engine.fetch(name, {})) > 50_000


def test_a_document_that_asks_for_files_gets_none_and_is_still_made():
    html = (
        '<html lang="en"><head><title>t</title>'
        '<link rel="stylesheet" href="file:///etc/passwd">'
        '<link rel="attachment" href="file:///etc/passwd">'
        "<style>@import url(http://127.0.0.1:9/x.css);</style></head>"
        '<body><p>Here</p><img src="file:///etc/passwd" alt="no"></body></html>'
    )
    pdf = render_pdf(html, resources={})

    assert "Here" in text(pdf)
    assert "root:" not in text(pdf)
    assert b"/EmbeddedFile" not in pdf


def test_only_our_stylesheets_can_be_named():
    with pytest.raises(PdfError):
        lay_out("<p>x</p>", resources={}, stylesheet="../../../etc/passwd")


def test_boxes_are_measured_in_millimetres():
    html = '<html lang="en"><title>t</title><body><p id="here">x</p></body></html>'
    rendering = lay_out(html, resources={})
    box = rendering.boxes()["here"]

    assert rendering.page_count == 1
    assert 0 < box.left < box.right < 210
    assert 0 < box.top < box.bottom < 297


def test_the_engine_can_be_warmed_up():
    engine.warm_up()

    assert page_count(render_pdf("<html lang=en><title>t</title>x", resources={})) == 1
