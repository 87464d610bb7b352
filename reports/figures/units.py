"""Units of figures."""

COUNT, PEOPLE, SHARE, MONEY = "count", "people", "share", "money"
DAYS, CALENDAR_DAYS = "working_days", "calendar_days"  # of which a median is taken
WHOLE_DAYS, HOURS = "days", "hours"  # amounts that are added
POINTS = "points"  # percentage points
SCORE = "score"  # the mean of answers from 1 to 5
