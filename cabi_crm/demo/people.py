"""The demo's organisation, its teams and the people who log in."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.actions import record
from accounts.enums import Role
from accounts.models import Organisation, Team, User
from cabi_crm.demo.names import phone

PASSWORD = "demo-1234-demo"  # noqa: S105 - printed at every start; it opens the demo only
DOMAIN = "demo.invalid"
TEAMS = ("Team Slagelse", "Team Korsør og Skælskør")
# E-mail, name, role, title, team.
STAFF = (
    ("konsulent", "Solvej Havskov", Role.CONSULTANT, "Virksomhedskonsulent", 0),
    ("konsulent2", "Troels Engtoft", Role.CONSULTANT, "Virksomhedskonsulent", 0),
    ("konsulent3", "Leila Birkvang", Role.CONSULTANT, "Virksomhedskonsulent", 0),
    ("konsulent4", "Ebbe Skovtoft", Role.CONSULTANT, "Virksomhedskonsulent", 1),
    ("konsulent5", "Yrsa Klitvang", Role.CONSULTANT, "Virksomhedskonsulent", 1),
    ("rekruttering", "Samir Ellebæk-Lund", Role.RECRUITER, "Rekrutteringskonsulent", 1),
    ("sagsbehandler", "Ragna Mosetoft", Role.CASEWORKER, "Sagsbehandler", 0),
    ("jobmentor", "Uffe Løvtoft", Role.CASEWORKER, "Jobmentor", 1),
    ("leder", "Benedikte Elmkær", Role.MANAGER, "Afdelingsleder", None),
    ("administrator", "Malthe Rugvang", Role.ADMINISTRATOR, "Systemadministrator", None),
    ("revisor", "Hedvig Tranemose", Role.AUDITOR, "Intern revisor", None),
    ("laeser", "Palle Storkemose", Role.READER, "Udvalgssekretær", None),
)


@dataclass(frozen=True)
class Staff:
    """The people others of the demo's makers need."""

    consultants: tuple[User, ...]
    manager: User
    administrator: User


def make_organisation(logo: bytes) -> Organisation:
    """The one organisation, with a logo that belongs to nobody."""
    organisation = Organisation(
        pk=1,
        label="Jobcenter Slagelse (demo)",
        municipality_code="0330",
        municipality_name="Slagelse",
        street="Eksempelgade 1",
        postcode="4200",
        town="Slagelse",
        phone=f"+45{phone(0)}",
        email=f"virksomheder@{DOMAIN}",
        signatory_name="Benedikte Elmkær",
        signatory_title="Afdelingsleder",
        logo=logo,
        logo_type="image/svg+xml",
    )
    organisation.save(force_insert=True)
    return organisation


def make_staff() -> Staff:
    """All users; the password they share is hashed once, since hashing is made to be slow."""
    teams = [Team.objects.create(name=name) for name in TEAMS]
    secret = make_password(PASSWORD)
    users = []
    for index, (mailbox, name, role, title, team) in enumerate(STAFF, start=1):
        user = User.objects.create(
            email=f"{mailbox}@{DOMAIN}",
            name=name,
            role=role,
            title=title,
            phone=f"+45{phone(index)}",
            team=None if team is None else teams[team],
            password=secret,
        )
        record("user_created", by=None, on=user, changes={"role": role})
        users.append(user)
    by_role = {user.role: user for user in users}
    return Staff(
        consultants=tuple(user for user in users if user.role == Role.CONSULTANT),
        manager=by_role[Role.MANAGER],
        administrator=by_role[Role.ADMINISTRATOR],
    )
