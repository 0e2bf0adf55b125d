"""Calculations without a database: sizes, search text, dates, and reading the register."""

from companies.rules.register import (
    CompanyFacts,
    Facts,
    IndustryFacts,
    RefusedError,
    UnitFacts,
    read_document,
    version_of,
)
from companies.rules.tables import (
    Fault,
    TableRow,
    fields_of,
    find_twins,
    header_faults,
    industry_system,
    read_row,
)
from companies.rules.values import text
from companies.rules.workplaces import (
    ASSOCIATION_FORMS,
    BANDS,
    LARGE_BANDS,
    LARGE_FROM,
    PUBLIC_FORMS,
    SMALL_BANDS,
    SMALL_BELOW,
    band_of,
    sector_of_form,
    step_day,
    workplace_search_text,
)

__all__ = [
    "ASSOCIATION_FORMS",
    "BANDS",
    "LARGE_BANDS",
    "LARGE_FROM",
    "PUBLIC_FORMS",
    "SMALL_BANDS",
    "SMALL_BELOW",
    "CompanyFacts",
    "Facts",
    "Fault",
    "IndustryFacts",
    "RefusedError",
    "TableRow",
    "UnitFacts",
    "band_of",
    "fields_of",
    "find_twins",
    "header_faults",
    "industry_system",
    "read_document",
    "read_row",
    "sector_of_form",
    "step_day",
    "text",
    "version_of",
    "workplace_search_text",
]
