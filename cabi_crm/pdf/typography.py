"""Small rules of setting text that CSS does not have: what stays together, where a name breaks."""

import re
import unicodedata
from datetime import date

from babel.dates import format_date, get_month_names
from django.utils.html import format_html
from django.utils.safestring import SafeString

NBSP = "\u00a0"
LONGEST_TAIL = 16  # letters of two last words; held together, longer ones leave a hole above
ONE_LINE = 46  # letters of a name, or of two names together, that still fit on one line

_DATE = re.compile(r"(\d{1,2}\.) (?=[a-zæøå])")
_BESIDE = re.compile(r"\b(v/|c/o) ")
_COMPANY_FORM = re.compile(
    r" (?=(?:ApS|A/S|I/S|K/S|P/S|IVS|A\.m\.b\.a\.|AMBA|F\.M\.B\.A\.)(?:\W|$))"
)
_NAME_BREAK = re.compile(r" (?=(?:v/|c/o|ved|–)[ \u00a0])|(?<=,) ")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[ \u00a0]+(?=[A-ZÆØÅ0-9»“”\"(])")
_NEVER_LAST = re.compile(
    r"(?:^|[\s(])(?:bl\.a|f\.eks|fx|ca|nr|kl|inkl|evt|pr|jf|hhv|dvs|tlf|max|min|e\.g|i\.e|no|St|Dr|\d+|\w)\.$"
)


def clean(text: str) -> str:
    """The text on one line, without the control characters a printer has no use for."""
    visible = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    kept = "".join(c for c in visible if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})
    return " ".join(kept.split())


def bind(text: str) -> str:
    """The text with no-break spaces in dates, before company forms and after v/ and c/o."""
    return _COMPANY_FORM.sub(NBSP, _BESIDE.sub(rf"\1{NBSP}", _DATE.sub(rf"\1{NBSP}", text)))


def bind_tail(text: str) -> str:
    """The text with its last two words held together, so that no short word stands alone."""
    head, _, last = text.rpartition(" ")
    before, space, word = head.rpartition(" ")
    tail = f"{word}{NBSP}{last}"
    return f"{before}{space}{tail}" if word and len(tail) <= LONGEST_TAIL else text


def sentences(text: str) -> list[str]:
    """The sentences of a text; an abbreviation or a date does not end one."""
    found: list[str] = []
    start = 0
    for gap in _SENTENCE_END.finditer(text):
        sentence = text[start : gap.start()]
        if not _NEVER_LAST.search(sentence):
            found.append(sentence)
            start = gap.end()
    return [*found, text[start:]]


def first_sentence(text: str) -> str:
    """The first sentence of a text, with its full stop."""
    return sentences(text)[0]


def shortened(text: str, letters: int) -> str:
    """The text cut between two words so that it has at most so many letters, with an ellipsis."""
    if len(text) <= letters:
        return text
    kept = text[:letters].rpartition(" ")[0] or text[:letters]
    return f"{kept.rstrip(' ,;:–.')} …" if letters else ""


def name_lines(name: str) -> list[str]:
    """A name in lines of up to 46 letters: broken before v/, c/o, ved, –, else in the middle."""
    if len(name) <= ONE_LINE or " " not in name:
        return [bind(name)]
    middle = len(name) / 2
    spaces = list(_NAME_BREAK.finditer(name)) or list(re.finditer(" ", bind(name)))
    if not spaces:
        return [bind(name)]
    best = min(spaces, key=lambda gap: abs(gap.start() - middle))
    return [*name_lines(name[: best.start()]), *name_lines(name[best.end() :])]


def names_fit_one_line(first: str, second: str) -> bool:
    """Whether two names and the word between them may stand on one line."""
    return len(first) + len(second) <= ONE_LINE


def in_lines(text: str) -> list[str]:
    """A text in its own lines; a long one of a single line in two of about the same length."""
    lines = [clean(line) for line in text.splitlines() if line.strip()]
    spaces = [gap.start() for gap in re.finditer(" ", lines[0])] if len(lines) == 1 else []
    if not spaces or len(lines[0]) <= ONE_LINE:
        return lines
    middle = min(spaces, key=lambda gap: abs(gap - len(lines[0]) / 2))
    return [lines[0][:middle], lines[0][middle + 1 :]]


def long_date(day: date | None, language: str) -> str:
    """A date with its month in words, day and month held together; empty without a date."""
    pattern = "d MMMM y" if language == "en" else "d. MMMM y"
    return format_date(day, pattern, locale=language).replace(" ", NBSP, 1) if day else ""


def month_name(day: date | None, language: str) -> str:
    """The month of a date in words; empty without a date."""
    return get_month_names("wide", locale=language)[day.month] if day else ""


def writing_line(kind: str = "") -> SafeString:
    """A line to write on by hand."""
    return format_html('<span class="blank {}"></span>', kind)
