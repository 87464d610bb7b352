"""Readers: for whom a figure is counted and an edition is made.

Source: the rules of the programme, sections 6 and 7.
"""

INTERNAL, DONOR, COUNTRY, PUBLIC = "internal", "donor", "country", "public"
EVERYBODY = (DONOR, COUNTRY, PUBLIC)  # outside the programme
