"""What people say and know after an engagement: tests, satisfaction, follow-up months later."""
