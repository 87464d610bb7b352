#!/usr/bin/env bash
# Run once by the database's image, when its volume is empty: Meridian's own role, who is no superuser (row-level
# security would not hold for one), and its database.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$MERIDIAN_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE meridian LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE meridian OWNER meridian;
SQL
