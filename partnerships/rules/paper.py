"""What the paper of an agreement says, as frozen data, to JSON and back."""

import base64
import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cabi_crm.pdf.logos import Logo

DAYS = ("valid_from", "valid_to", "renegotiated", "signed_on")


@dataclass(frozen=True)
class PaperPoint:
    """A chosen point: its own number, its title, what is promised, and who sees to it."""

    number: int
    title: str
    text: str
    quantity: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class Party:
    """One side of the agreement, as it signs. Empty text is a line to write on."""

    name: str
    role: str = ""
    signatory: str = ""
    cvr_number: str = ""
    p_number: str = ""
    address: str = ""
    logo: Logo | None = None


@dataclass(frozen=True)
class PaperContact:
    """Whom the other side calls."""

    side: str
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class AgreementPaper:
    """Everything the paper says. Empty text and missing dates become lines to write on."""

    number: str
    version: int
    language: str
    paper: str
    company: Party
    organisation: Party
    points: tuple[PaperPoint, ...]
    purpose: str
    valid_from: date | None = None
    valid_to: date | None = None
    renegotiated: date | None = None
    place: str = ""
    signed_on: date | None = None
    contacts: tuple[PaperContact, ...] = ()
    demo: bool = False
    full: bool = False


def snapshot(paper: AgreementPaper) -> dict[str, Any]:
    """The data of a paper as JSON values, with its logos, so that it can be made again."""
    data: dict[str, Any] = {}
    for field in dataclasses.fields(paper):
        value = getattr(paper, field.name)
        if isinstance(value, Party):
            value = {**vars(value), "logo": _logo_data(value.logo)}
        elif isinstance(value, tuple):
            value = [dict(vars(item)) for item in value]
        elif isinstance(value, date):
            value = value.isoformat()
        data[field.name] = value
    return data


def paper_kept_in(data: Mapping[str, Any]) -> AgreementPaper | None:
    """The paper a `snapshot` was taken of; None when it does not hold enough to make it again."""
    try:
        return AgreementPaper(
            **{
                **data,
                "company": _party(data["company"]),
                "organisation": _party(data["organisation"]),
                "points": tuple(PaperPoint(**point) for point in data["points"]),
                "contacts": tuple(PaperContact(**contact) for contact in data["contacts"]),
                **{name: _day(data[name]) for name in DAYS},
            }
        )
    except (KeyError, TypeError, ValueError):
        return None


def _party(data: Mapping[str, Any]) -> Party:
    logo = data["logo"]
    picture = Logo(base64.b64decode(logo["content"]), logo["mime"]) if logo else None
    return Party(**{**data, "logo": picture})


def _logo_data(logo: Logo | None) -> dict[str, str] | None:
    if logo is None:
        return None
    return {
        "mime": logo.mime,
        "sha256": hashlib.sha256(logo.content).hexdigest(),
        "content": base64.b64encode(logo.content).decode(),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
