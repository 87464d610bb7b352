"""What parts of figures are called: sexes, ages, answers, outcomes, decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SEX = {"women": _("Women"), "men": _("Men"), "other": _("Other"), "unknown": _("Not known")}


AGE = {
    "month": _("up to 30 days"),
    "quarter": _("31 to 91 days"),
    "half": _("92 to 182 days"),
    "longer": _("over 182 days"),
}


ANSWER = {
    "met": _("need met"),
    "partly_met": _("need partly met"),
    "not_met": _("need not met"),
    "not_stated": _("not stated"),
}


OUTCOME = {"kept": _("in time"), "missed": _("not in time"), "left_out": _("left out")}


DECISION = {
    "accept": _("Accepted"),
    "waitlist": _("Waitlisted"),
    "refer": _("Passed on"),
    "decline": _("Declined"),
}
