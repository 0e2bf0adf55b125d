"""What the dashboard says: key figures and charts, with the list behind each number."""

from insights.documents.charts import by_size
from insights.documents.pages import Overview, my_numbers, overview
from insights.documents.tiles import Kpi

__all__ = ["Kpi", "Overview", "by_size", "my_numbers", "overview"]
