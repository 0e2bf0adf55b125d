"""The only place that knows WeasyPrint: HTML and pictures from memory in, PDF bytes out."""

import atexit
import functools
import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import font_source_sans_pro
import fontpkg_eb_garamond

STATIC_CSS = Path(__file__).resolve().parents[2] / "static" / "css"
STYLESHEETS = frozenset({"paper", "work"})
SERIF = Path(fontpkg_eb_garamond.__file__).parent / "files"
SANS = Path(font_source_sans_pro.__file__).parent / "files"
FONTS = {
    "font:serif": SERIF / "EBGaramond[wght].ttf",
    "font:serif-italic": SERIF / "EBGaramond-Italic[wght].ttf",
    "font:sans": SANS / "SourceSansPro-Regular.otf",
    "font:sans-italic": SANS / "SourceSansPro-It.otf",
    "font:sans-semibold": SANS / "SourceSansPro-Semibold.otf",
}
VARIATION_TABLES = {"fvar", "gvar", "avar", "cvar", "HVAR", "MVAR", "STAT"}
PX_PER_MM = 96 / 25.4
NO_VARIABLES: Mapping[str, str] = MappingProxyType({})

# Pango's font maps must not be used by two threads at once, and the warm one is shared.
_lock = threading.RLock()


class PdfError(Exception):
    """The document asked for something that is not part of it."""


@dataclass(frozen=True)
class Resource:
    """A picture the document may show, by the name `resource:…` in its HTML."""

    content: bytes
    mime: str


@dataclass(frozen=True)
class Box:
    """Where an element with an id stands on its page, in millimetres from the top left."""

    left: float
    top: float
    right: float
    bottom: float


class _Page(Protocol):
    anchors: dict[str, tuple[float, float, float, float]]


class Rendering:
    """A laid out document that can be measured before it is written."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @property
    def page_count(self) -> int:
        """How many pages the document fills."""
        return len(self._document.pages)

    def boxes(self, page: int = 0) -> dict[str, Box]:
        """Place and size of every element with an id on the page, in millimetres."""
        anchors: _Page = self._document.pages[page]
        return {
            name: Box(*(edge / PX_PER_MM for edge in edges))
            for name, edges in anchors.anchors.items()
        }

    def write(self) -> bytes:
        """The PDF: tagged as PDF/UA-1, the same bytes each time for the same document."""
        with _lock:
            pdf = self._document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
        return bytes(pdf)


def _font(path: Path) -> bytes:
    """The font file; a variable one as its regular weight, which is what it draws by itself.

    WeasyPrint would cut the weight out anew for each document, which takes longer than all the
    rest, and would write the time of day into the font.
    """
    if "[wght]" not in path.name:
        return path.read_bytes()
    from fontTools.ttLib import TTFont

    out = io.BytesIO()
    with TTFont(path, recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        for table in VARIATION_TABLES & set(font.keys()):
            del font[table]
        font.save(out)
    return out.getvalue()


class _Engine:
    """WeasyPrint with everything that is the same for all documents kept warm."""

    def __init__(self) -> None:
        # Loading it costs half a second, which only those who print should pay.
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        class Fetcher(URLFetcher):
            """Knows our fonts and the pictures handed in, and refuses everything else."""

            def __init__(self, resources: Mapping[str, Resource]) -> None:
                super().__init__(allowed_protocols=())
                self._resources = resources

            def fetch(self, url: str, headers: Any = None) -> Any:
                if url in FONTS:
                    return URLFetcherResponse(url, _font(FONTS[url]))
                if url in self._resources:
                    found = self._resources[url]
                    return URLFetcherResponse(url, found.content, {"Content-Type": found.mime})
                raise PdfError(f"Not part of the document: {url[:80]}")

        self._html = weasyprint.HTML
        self._css = weasyprint.CSS
        self._fetcher = Fetcher
        self._fonts = FontConfiguration()
        self._sheets: dict[str, Any] = {}

    def fetcher(self, resources: Mapping[str, Resource]) -> Any:
        return self._fetcher(resources)

    def stylesheet(self, name: str) -> Any:
        """The parsed stylesheet of that name; only ours can be named."""
        if name not in STYLESHEETS:
            raise PdfError(f"No stylesheet of that name: {name[:80]}")
        if name not in self._sheets:
            text = (STATIC_CSS / f"{name}.css").read_text(encoding="utf-8")
            self._sheets[name] = self._css(
                string=text, font_config=self._fonts, url_fetcher=self._fetcher({})
            )
        return self._sheets[name]

    def lay_out(
        self,
        html: str,
        stylesheet: str,
        variables: Mapping[str, str],
        resources: Mapping[str, Resource],
    ) -> Rendering:
        fetcher = self._fetcher(resources)
        declared = "; ".join(f"{name}: {value}" for name, value in variables.items())
        extra = self._css(string=f"html {{ {declared} }}", url_fetcher=fetcher)
        document = self._html(string=html, url_fetcher=fetcher)
        return Rendering(
            document.render(
                font_config=self._fonts,
                stylesheets=[self.stylesheet(stylesheet), extra],
                pdf_variant="pdf/ua-1",
                pdf_tags=True,
            )
        )


@functools.cache
def _engine() -> _Engine:
    # Its fonts lie in a temporary folder, which it can only take away while Python still runs.
    atexit.register(_engine.cache_clear)
    return _Engine()


def fetch(url: str, resources: Mapping[str, Resource]) -> bytes:
    """The bytes a document with these resources gets for the address; PdfError when refused."""
    with _lock:
        return bytes(_engine().fetcher(resources).fetch(url).read())


def lay_out(
    html: str,
    *,
    resources: Mapping[str, Resource],
    stylesheet: str = "paper",
    variables: Mapping[str, str] = NO_VARIABLES,
) -> Rendering:
    """The document laid out on its pages, to be measured and then written."""
    with _lock:
        return _engine().lay_out(html, stylesheet, variables, resources)


def render_pdf(
    html: str,
    *,
    resources: Mapping[str, Resource],
    stylesheet: str = "paper",
    variables: Mapping[str, str] = NO_VARIABLES,
) -> bytes:
    """The document as PDF bytes; variables are CSS properties of ours, never text of users."""
    rendering = lay_out(html, resources=resources, stylesheet=stylesheet, variables=variables)
    return rendering.write()


def warm_up() -> None:
    """Load the engine and its fonts now, so that the first person who prints need not wait."""
    lay_out("<html lang=en><title>-</title><p>-</p></html>", resources={})
