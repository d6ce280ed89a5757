#!/bin/sh
# Reads passwords from the files in NAME_FILE into the environment for server-config, copies the domain, if the image has one, into its
# writable folder, and runs the command.
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
  # A restarted container may find the previous one.
  find "$domain" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  cp -R "$parley/domain1/." "$domain/"
fi
exec "$@"
