"""What a country lets strangers read of itself, beside single requests."""
