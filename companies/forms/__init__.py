"""Input about workplaces, contact persons, activities and register imports."""
