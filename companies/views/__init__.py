"""Pages about companies, workplaces, activities and register imports."""
