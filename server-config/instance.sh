#!/bin/sh
# Configures a running domain for Parley as one instance, from the files beside this one. Running it again brings an existing one to
# what they say now.
set -eu

usage() {
  cat >&2 <<'END'
usage: instance.sh [--domain DIR] [--database postgresql|h2] [--proxy|--tls] [--brokers]

  --domain    the domain's folder; if another domain's server answers, nothing is changed
  --database  which one it works on (postgresql)
  --proxy     a proxy before it ends TLS, and nobody else can reach it
  --tls       it ends TLS itself, with what certificate.sh gives it
  --brokers   it is one of several that are no deployment group, and meets the others on brokers of their own

asadmin is the one on the PATH unless ASADMIN names another; its options come from the environment too: AS_ADMIN_HOST,
AS_ADMIN_PORT, AS_ADMIN_USER, AS_ADMIN_PASSWORDFILE.
END
  exit 2
}

domain='' database=postgresql further='' bus=alone
while [ $# -gt 0 ]; do
  case $1 in
    --domain) [ $# -ge 2 ] || usage; domain=$2; shift 2 ;;
    --database) [ $# -ge 2 ] || usage; database=$2; shift 2 ;;
    --proxy) further="$further proxy"; shift ;;
    --tls) further="$further tls"; shift ;;
    --brokers) bus='jms brokers'; shift ;;
    *) usage ;;
  esac
done

here=$(cd "$(dirname "$0")" && pwd)
. "$here/apply.sh"
[ -z "$domain" ] || of_domain "$domain"

for file in instance hardening "$database" $bus $further; do
  cat "$here/$file.asadmin"
  echo
done | apply
