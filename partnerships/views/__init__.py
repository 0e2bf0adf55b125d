"""Requests about agreements: lists and pages, the form's steps, deeds, papers, wordings."""
