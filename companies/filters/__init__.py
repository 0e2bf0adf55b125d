"""Filters behind the lists of workplaces and enquiries, the portfolio and the timeline."""

from companies.filters.enquiries import EnquiryFilter
from companies.filters.people import ServiceFilter, StaleFilter
from companies.filters.portfolio import BankFilter, PortfolioFilter
from companies.filters.workplaces import (
    ME,
    NOBODY,
    OWN,
    ActivityFilter,
    WalkFilter,
    WorkplaceFilter,
    months_before,
    over_time,
)

__all__ = [
    "ME",
    "NOBODY",
    "OWN",
    "ActivityFilter",
    "BankFilter",
    "EnquiryFilter",
    "PortfolioFilter",
    "ServiceFilter",
    "StaleFilter",
    "WalkFilter",
    "WorkplaceFilter",
    "months_before",
    "over_time",
]
