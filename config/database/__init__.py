"""Django's engine for PostgreSQL, which asks nothing of a connection that is well."""
