#!/bin/sh
# Configures a running domain for Parley as a single instance, from the files in this folder. Running it again updates an existing instance
# to these files. It stops at the first error. uninstall.sh reverts it.
set -eu

usage() {
  cat >&2 <<'END'
usage: instance.sh [--domain DIR] [--database postgresql|h2] [--heap SIZE] [--log text|json] [--proxy|--tls] [--brokers|--shared]

  --domain    the domain's folder; if another domain's server answers, nothing is changed
  --database  the database that Parley uses (postgresql)
  --heap      the heap: a size, such as 4g, or a share of the memory of the machine or the container, such as 70% (2g, if the domain has
              the heap of a new domain; another heap stays)
  --log       whether each line of the server's log is text or a JSON object (unchanged; a new domain has text)
  --proxy     a proxy in front of the server terminates TLS, and nobody else can reach the server
  --tls       the server terminates TLS itself, with the certificate that certificate.sh installs
  --brokers   the instance is one of several that share brokers without being a deployment group
  --shared    the server runs other applications too: changes only what Parley can't work without

asadmin is the one on the PATH unless ASADMIN names another; its options come from the environment too: AS_ADMIN_HOST,
AS_ADMIN_PORT, AS_ADMIN_USER, AS_ADMIN_PASSWORDFILE.
END
  exit 2
}

# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/apply.sh"

domain='' database=postgresql heap='' log='' proxy=false tls=false brokers=false shared=false
while [ $# -gt 0 ]; do
  case $1 in
    --domain) [ $# -ge 2 ] || usage; domain=$2; shift ;;
    --database) [ $# -ge 2 ] || usage; database=$2; shift ;;
    --heap) [ $# -ge 2 ] || usage; heap=$2; check_heap "$heap"; shift ;;
    --log) [ $# -ge 2 ] || usage; log=$2; shift ;;
    --proxy) proxy=true ;;
    --tls) tls=true ;;
    --brokers) brokers=true ;;
    --shared) shared=true ;;
    *) usage ;;
  esac
  shift
done
case $database in postgresql | h2) ;; *) usage ;; esac
case $log in '' | text | json) ;; *) usage ;; esac
! $proxy || ! $tls || usage
if $shared; then
  ! $tls || { echo "--tls changes a listener that the other applications use, so it can't be combined with --shared" >&2; exit 2; }
  ! $brokers || { echo "--brokers changes the JMS of the whole server, so it can't be combined with --shared" >&2; exit 2; }
fi
[ -z "$domain" ] || of_domain "$domain"

files() {
  for file in "$@"; do
    cat "$here/$file.asadmin"
    echo
  done
}

commands() {
  if $shared; then
    [ -z "$heap" ] || heap server-config "$heap"
    [ -z "$log" ] || files "logging-$log"
    files "$database"
    # Other applications may use the TLS listener.
    ! $proxy || files proxy | grep -v 'http-listener-2'
    return
  fi
  heap server-config "$heap"
  files instance hardening logging "$database"
  [ -z "$log" ] || files "logging-$log"
  if $brokers; then files jms brokers; else files alone; fi
  ! $proxy || files proxy
  ! $tls || files tls
}

apply commands
