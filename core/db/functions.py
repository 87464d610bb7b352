"""Half-open ranges made of two columns."""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func, Value


class DateRange(Func):
    """`daterange(from, until)`, half-open; a missing end is open.

    >>> DateRange("valid_from", "valid_until")
    """

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, start: Any, end: Any, **extra: Any) -> None:
        super().__init__(start, end, Value("[)"), **extra)
