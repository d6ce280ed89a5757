#!/bin/sh
# Gives the running domain's administrator a password: a new domain has none, and every program on the machine reaches its listener.
# Running it again with the same password changes nothing. The scripts here come in with it through AS_ADMIN_PASSWORDFILE.
set -eu

: "${PARLEY_ADMIN_PASSWORD:?is not set: the password that the administrator gets}"
asadmin=${ASADMIN:-asadmin}
unset AS_ADMIN_PASSWORDFILE
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

printf 'AS_ADMIN_PASSWORD=%s\n' "$PARLEY_ADMIN_PASSWORD" > "$folder/new"
if "$asadmin" --user admin --passwordfile "$folder/new" list-virtual-servers >/dev/null 2>&1; then exit 0; fi
printf 'AS_ADMIN_PASSWORD=\nAS_ADMIN_NEWPASSWORD=%s\n' "$PARLEY_ADMIN_PASSWORD" > "$folder/change"
"$asadmin" --user admin --passwordfile "$folder/change" change-admin-password
