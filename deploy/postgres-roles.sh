#!/bin/sh
# The role of the app may add to the record and read it; the owner makes the
# schemas. Run by the image of Postgres when the database is made.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set "password=$APP_PASSWORD" <<'SQL'
create role shouwang_app login password :'password';
SQL
