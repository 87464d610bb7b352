"""What strangers write to a programme, which forwards it to a country in place of names."""
