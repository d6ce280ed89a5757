#!/bin/sh
# Passwords from files, where NAME_FILE says so, into the environment that server-config reads; a fresh copy of the domain, where the
# image has one, into the only folder of it that can be written; then the command.
set -eu

for name in PARLEY_DATABASE_PASSWORD PARLEY_BROKER_PASSWORD; do
  eval "file=\${${name}_FILE:-}"
  if [ -n "$file" ]; then
    export "$name=$(cat "$file")"
  fi
done
parley=$(cd "$(dirname "$0")" && pwd)
if [ -d "$parley/domain1" ]; then
  domain=$(cd "$(dirname "$ASADMIN")/../glassfish/domains/domain1" && pwd)
  # A container that starts again may find the one before.
  find "$domain" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  cp -R "$parley/domain1/." "$domain/"
fi
exec "$@"
