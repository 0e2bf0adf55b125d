"""Companies, workplaces, the people there, what happens with them and what we do for them."""

from companies.models.activity import Activity
from companies.models.company import Company, Industry
from companies.models.delivery import CvrImport
from companies.models.hours import opening_calendar
from companies.models.people import ContactPerson
from companies.models.portfolio import AnsweredSuggestion, Handover, HandoverItem
from companies.models.preparation import IndustrySource, Preparation
from companies.models.service import Enquiry, ServiceEntry, Task
from companies.models.sightings import Lead, TaskOpportunity, WorkplaceTrait
from companies.models.timing import NotedTime, SeasonPeak, VisitWindow
from companies.models.workplace import Workplace

__all__ = [
    "Activity",
    "AnsweredSuggestion",
    "Company",
    "ContactPerson",
    "CvrImport",
    "Enquiry",
    "Handover",
    "HandoverItem",
    "Industry",
    "IndustrySource",
    "Lead",
    "NotedTime",
    "Preparation",
    "SeasonPeak",
    "ServiceEntry",
    "Task",
    "TaskOpportunity",
    "VisitWindow",
    "Workplace",
    "WorkplaceTrait",
    "opening_calendar",
]
