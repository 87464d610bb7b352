"""Scans from outside: the running product is attacked as strangers and members would, and its
dependencies are asked after."""
