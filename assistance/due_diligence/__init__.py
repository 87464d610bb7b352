"""Due diligence on human rights before security forces are helped."""
