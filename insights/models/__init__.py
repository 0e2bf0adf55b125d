"""Goals, figures to compare with, and what is counted."""

from insights.models.figures import Figures
from insights.models.goals import Benchmark, Goal

__all__ = ["Benchmark", "Figures", "Goal"]
