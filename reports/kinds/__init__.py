"""Kinds of report: a class each, and one list of them (`registry.py`)."""
