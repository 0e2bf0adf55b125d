"""What the paper of an agreement says, as frozen data, and the PDF made from it."""

import functools
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import Organisation
from cabi_crm.pdf import Rendering, Resource, lay_out
from cabi_crm.pdf.ladder import LAST, Fit, Measured, find_step, guess, measure, plain, spread
from cabi_crm.pdf.logos import Logo
from cabi_crm.pdf.typography import (
    bind,
    bind_tail,
    clean,
    first_sentence,
    in_lines,
    long_date,
    month_name,
    name_lines,
    names_fit_one_line,
    shortened,
    writing_line,
)
from cabi_crm.ui.templatetags.ui import cvr, p_number, phone
from partnerships.enums import FROZEN_STATUSES
from partnerships.models import Agreement, AgreementTemplate, Commitment
from partnerships.rules.paper import AgreementPaper, PaperContact, PaperPoint, Party, paper_kept_in

# Stands for a logo while a sheet is measured: every logo gets the same room.
ANY_PICTURE = Logo(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "image/svg+xml")
SCALES = {"a4": 1.0, "a3": 1.41421}
ENGLISH_TITLE = 0.85  # the English title is longer
POINTS_IN_MODEL = 7
ROOMY = 2  # up to this step the logos stand above the title
TIGHT = 5  # from this step the last line of the names goes on
NAME_AS_LOGO = 40  # letters; a longer name does not also stand where a logo would
TITLE_IN_FRAME = 120  # letters of a heading on a sheet that nothing else makes fit
# What is tried when the wording is too long: all of it, each first sentence, then ever less of it.
BUDGETS: tuple[int | None, ...] = (None, 10_000, 200, 130, 80, 45, 0)


@dataclass(frozen=True)
class _Setting:
    """How a paper is set: the fit of its sheet and how much of each text stands on it."""

    fit: Fit
    budget: int | None


def agreement_pdf(paper: AgreementPaper) -> bytes:
    """The paper as PDF: the sheet for the frame, and an annex when it is full or too long."""
    # The frame is the same whatever the logos show and whether an annex follows.
    setting = _setting(replace(_without_pictures(paper), paper="a4", full=False, contacts=()))
    with_annex = paper.full or setting.budget is not None
    return _lay_out(paper, setting, annex=with_annex).write()


def paper_from_agreement(
    agreement: Agreement, *, language: str, paper: str, full: bool
) -> AgreementPaper:
    """What the paper of this agreement says, in the language and on the paper asked for.

    Once sent for signature it says what the kept paper says, whatever has changed since; only the
    day and place of signing come on top. Papers kept without enough of their data follow today's.
    """
    live = _paper_of_today(agreement, language=language, paper=paper, full=full)
    if agreement.status not in FROZEN_STATUSES:
        return live
    kept = agreement.documents.filter(version=agreement.version).defer("pdf").first()
    then = paper_kept_in(kept.snapshot) if kept else None
    if then is None:
        return live
    same = then.language == language
    return replace(
        then,
        language=language,
        paper=paper,
        full=full,
        contacts=then.contacts if full else (),
        points=then.points if same else live.points,
        purpose=then.purpose if same else live.purpose,
        place=agreement.place,
        signed_on=agreement.signed_on,
    )


def _paper_of_today(
    agreement: Agreement, *, language: str, paper: str, full: bool
) -> AgreementPaper:
    commitments = agreement.commitments.select_related("point").order_by("point__number")
    organisation = Organisation.objects.first() or Organisation()
    return AgreementPaper(
        number=agreement.number,
        version=agreement.version,
        language=language,
        paper=paper,
        company=Party(
            name=agreement.company_name,
            role=agreement.company_signatory_title,
            signatory=agreement.company_signatory,
            cvr_number=agreement.company.cvr_number,
            p_number=agreement.workplace.p_number,
            address=agreement.workplace.address,
            logo=_logo(agreement),
        ),
        organisation=_our_side(
            organisation,
            role=agreement.organisation_signatory_title,
            signatory=agreement.organisation_signatory,
        ),
        points=tuple(_point(commitment, language) for commitment in commitments),
        purpose=agreement.template.purpose(language),
        valid_from=agreement.valid_from,
        valid_to=agreement.valid_to,
        renegotiated=agreement.renew_on,
        place=agreement.place,
        signed_on=agreement.signed_on,
        contacts=_people(agreement) if full else (),
        demo=settings.DEMO,
        full=full,
    )


def blank_paper(template: AgreementTemplate, *, language: str, paper: str) -> AgreementPaper:
    """The template to fill in by hand: our side and all points are printed, the rest is lines."""
    organisation = Organisation.objects.first() or Organisation()
    return AgreementPaper(
        number="",
        version=1,
        language=language,
        paper=paper,
        company=Party(name=""),
        organisation=_our_side(
            organisation,
            role=organisation.signatory_title,
            signatory=organisation.signatory_name,
        ),
        points=tuple(
            PaperPoint(number=point.number, title=point.wording("title", language), text="")
            for point in template.points.order_by("number")
        ),
        purpose=template.purpose(language),
        demo=settings.DEMO,
    )


def _our_side(organisation: Organisation, *, role: str, signatory: str) -> Party:
    return Party(
        name=organisation.label,
        role=role,
        signatory=signatory,
        cvr_number=organisation.cvr_number,
        address=organisation.address,
        logo=_logo(organisation),
    )


def _logo(owner: Agreement | Organisation) -> Logo | None:
    return Logo(bytes(owner.logo), owner.logo_type) if owner.logo else None


def _point(commitment: Commitment, language: str) -> PaperPoint:
    """One point; a text taken unchanged from the template follows the language of the paper."""
    point, suggested = commitment.point, commitment.is_suggested
    with translation.override(language):
        unit = point.wording("unit", language) or gettext("Number a year")
    return PaperPoint(
        number=point.number,
        title=point.wording("title", language),
        text=point.wording("commitment", language) if suggested else commitment.text,
        quantity=f"{unit}: {commitment.quantity}" if commitment.quantity else "",
        responsible=commitment.responsible,
    )


def _people(agreement: Agreement) -> tuple[PaperContact, ...]:
    """Whom to call on both sides; none when the firm does not want them printed."""
    if not agreement.contacts_on_paper:
        return ()
    owner = agreement.owner
    theirs = PaperContact(
        "company", agreement.company_contact, phone=agreement.company_contact_phone
    )
    ours = PaperContact("organisation", owner.name, phone=str(owner.phone), email=owner.email)
    return tuple(contact for contact in (theirs, ours) if contact.name)


def _without_pictures(paper: AgreementPaper) -> AgreementPaper:
    def dummy(party: Party) -> Party:
        return replace(party, logo=ANY_PICTURE if party.logo else None)

    return replace(paper, company=dummy(paper.company), organisation=dummy(paper.organisation))


@functools.lru_cache(maxsize=512)
def _setting(paper: AgreementPaper) -> _Setting:
    """The largest type the words fit in; if none does, the same with fewer words."""
    for budget in BUDGETS:
        texts = [(point.title, point.text) for point in _points(paper, budget)]
        found = find_step(functools.partial(_measure, paper, budget), start=guess(texts))
        if found:
            written = sum(bool(text) for _, text in texts)
            fit = spread(*found, points=len(texts), texts=written)
            return _Setting(fit, budget)
    return _Setting(plain(LAST), BUDGETS[-1])


def _measure(paper: AgreementPaper, budget: int | None, step: int) -> Measured:
    return measure(_lay_out(paper, _Setting(plain(step), budget), annex=False))


def _lay_out(paper: AgreementPaper, setting: _Setting, *, annex: bool) -> Rendering:
    scale = SCALES[paper.paper]
    resources = {
        f"resource:{side}-logo": Resource(party.logo.content, party.logo.mime)
        for side, party in (("company", paper.company), ("organisation", paper.organisation))
        if party.logo
    }
    variables = {
        **setting.fit.variables(),
        "--mm": f"{scale:g}mm",
        "--pt": f"{scale:g}pt",
        "--title-k": f"{ENGLISH_TITLE if paper.language == 'en' else 1:g}",
    }
    html = _html(paper, setting, annex=annex)
    return lay_out(html, resources=resources, variables=variables)


def _html(paper: AgreementPaper, setting: _Setting, *, annex: bool) -> str:
    step = setting.fit.step
    with translation.override(paper.language):
        return render_to_string(
            "partnerships/paper.html",
            {
                **_words(paper),
                "paper": paper,
                "logos": _logos(paper, names=step <= ROOMY),
                "size": f"{'roomy' if step <= ROOMY else ''} {'tight' if step >= TIGHT else ''}",
                "points": _points(paper, setting.budget),
                "annex_points": _annex_points(paper),
                "annex": annex,
                "shortened": setting.budget is not None,
                "some_points": len(paper.points) < POINTS_IN_MODEL,
            },
        )


def _words(paper: AgreementPaper) -> dict[str, Any]:
    """What stands on the sheet besides the points, ready to print."""
    company, organisation = paper.company, paper.organisation
    names = [clean(party.name) for party in (company, organisation)]
    blank = not names[0]
    day = functools.partial(long_date, language=paper.language)
    return {
        "title": " – ".join(part for part in (_title(), paper.number, names[0]) if part),
        "author": names[1],
        "blank": blank,
        "one_line": not blank and names_fit_one_line(*names),
        "company": _party(company),
        "organisation": _party(organisation),
        "purpose": in_lines(paper.purpose),
        "valid_from": day(paper.valid_from) or writing_line("short"),
        "valid_to": day(paper.valid_to),
        "month": month_name(paper.renegotiated, paper.language)
        or (writing_line("short") if blank else ""),
        "place": clean(paper.place) or writing_line(""),
        "signed_on": day(paper.signed_on) or writing_line(""),
        "contacts": _contacts(paper),
    }


def _title() -> str:
    return gettext("Partnership Agreement")


def _party(party: Party) -> dict[str, Any]:
    name = clean(party.name)
    return {
        "name": bind(name),
        "lines": name_lines(name) if name else [writing_line("")],
        "role": bind(clean(party.role)),
        "signatory": clean(party.signatory),
        "cvr_number": cvr(clean(party.cvr_number)),
        "p_number": p_number(clean(party.p_number)),
        "address": clean(party.address),
    }


def _logos(paper: AgreementPaper, *, names: bool) -> list[dict[str, str]]:
    """Both sides of the head: a picture, or where only one has it and there is room the name."""
    sides = [("company", "left", paper.company), ("organisation", "right", paper.organisation)]
    if not any(party.logo for _, _, party in sides):
        return []
    return [
        {
            "place": place,
            "name": bind(clean(party.name)),
            "source": f"resource:{side}-logo" if party.logo else "",
        }
        for side, place, party in sides
        if party.logo or (names and 0 < len(party.name) <= NAME_AS_LOGO)
    ]


def _points(paper: AgreementPaper, budget: int | None) -> list[PaperPoint]:
    """The points as the sheet shows them; with a budget only the beginning of each text."""
    shown = []
    for point in paper.points:
        title, text = bind(clean(point.title)), clean(point.text)
        if budget is not None:
            title = shortened(title, TITLE_IN_FRAME)
            text = shortened(first_sentence(text), budget)
        shown.append(replace(point, title=title, text=bind_tail(bind(text))))
    return shown


def _annex_points(paper: AgreementPaper) -> list[PaperPoint]:
    return [
        PaperPoint(
            number=point.number,
            title=bind(clean(point.title)),
            text=bind(clean(point.text)),
            quantity=clean(point.quantity),
            responsible=clean(point.responsible),
        )
        for point in paper.points
    ]


def _contacts(paper: AgreementPaper) -> list[dict[str, Any]]:
    """Whom to call, side by side; a side without anybody leaves its place to the other."""
    sides = [("company", paper.company), ("organisation", paper.organisation)]
    found = [
        (bind(clean(party.name)), people)
        for side, party in sides
        if (people := [_contact(each) for each in paper.contacts if each.side == side])
    ]
    return [
        {"place": place, "name": name, "people": people}
        for place, (name, people) in zip(("left", "right"), found, strict=False)
    ]


def _contact(contact: PaperContact) -> PaperContact:
    return replace(
        contact,
        name=clean(contact.name),
        phone=phone(clean(contact.phone)),
        email=clean(contact.email),
    )
