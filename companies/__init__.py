"""Companies, workplaces and what happens between them and us."""
