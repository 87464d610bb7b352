"""A believable programme of three years for trials, tests and measurements: who, what, when,
written by COPY with its true history."""
