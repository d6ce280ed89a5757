#!/bin/sh
# Sets the administrator's password of a running domain. A new domain has none, and every program on the machine can reach its listener.
# Running it again with the same password changes nothing. The other scripts use the password through AS_ADMIN_PASSWORDFILE.
set -eu

usage() {
  cat >&2 <<'END'
usage: administrator.sh --domain DIR

  --domain  the domain's folder (the one that has config in it); if another domain's server answers, nothing is changed

The password comes from the environment: PARLEY_ADMIN_PASSWORD. asadmin is the one on the PATH unless ASADMIN names another; its port
comes from the environment too: AS_ADMIN_PORT.
END
  exit 2
}

if [ $# -ne 2 ] || [ "$1" != --domain ]; then usage; fi
domain=$2
: "${PARLEY_ADMIN_PASSWORD:?is not set: the new password of the administrator}"

# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/apply.sh"
unset AS_ADMIN_PASSWORDFILE
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

admits() {
  "$asadmin" --interactive=false --user admin --passwordfile "$folder/new" list-virtual-servers >/dev/null 2>&1
}

printf 'AS_ADMIN_PASSWORD=%s\n' "$PARLEY_ADMIN_PASSWORD" > "$folder/new"
if admits; then
  of_domain "$domain" --user admin --passwordfile "$folder/new"
  exit 0
fi
printf 'AS_ADMIN_PASSWORD=\nAS_ADMIN_NEWPASSWORD=%s\n' "$PARLEY_ADMIN_PASSWORD" > "$folder/change"
of_domain "$domain" --user admin --passwordfile "$folder/change"
"$asadmin" --interactive=false --user admin --passwordfile "$folder/change" change-admin-password
admits || { echo "The server does not accept the new password" >&2; exit 1; }
