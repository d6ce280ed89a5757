#!/bin/sh
# Passwords from files, where NAME_FILE says so, into the environment that server-config reads; then the command.
set -eu

for name in PARLEY_DATABASE_PASSWORD PARLEY_BROKER_PASSWORD; do
  eval "file=\${${name}_FILE:-}"
  if [ -n "$file" ]; then
    export "$name=$(cat "$file")"
  fi
done
exec "$@"
