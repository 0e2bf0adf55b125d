"""Companies, workplaces, contact persons, activities and imports."""

from companies.models.activity import Activity, Lead, TaskOpportunity, VisitWindow
from companies.models.company import Company, Industry
from companies.models.delivery import CvrImport
from companies.models.workplace import ContactPerson, Workplace

__all__ = [
    "Activity",
    "Company",
    "ContactPerson",
    "CvrImport",
    "Industry",
    "Lead",
    "TaskOpportunity",
    "VisitWindow",
    "Workplace",
]
