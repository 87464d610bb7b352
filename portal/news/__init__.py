"""News of a programme: written by officers, published by managers, naming a country only as it agreed."""
