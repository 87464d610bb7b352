"""Links by which a donor reads its edition of a report without an account."""
