#!/bin/sh
# Reverts instance.sh or cluster.sh: undeploys Parley from a running domain, removes what the scripts created, and restores the settings
# that they recorded in config/parley-before.asadmin of the domain. Running it again changes nothing.
set -eu

usage() {
  cat >&2 <<'END'
usage: uninstall.sh [--domain DIR] [--application NAME] [--group NAME]

  --domain       the domain's folder; if another domain's server answers, nothing is changed
  --application  the name of Parley's application (parley)
  --group        the name of the group that cluster.sh created (parley); all of its applications and instances are removed

asadmin is the one on the PATH unless ASADMIN names another; its options come from the environment too: AS_ADMIN_HOST,
AS_ADMIN_PORT, AS_ADMIN_USER, AS_ADMIN_PASSWORDFILE.
END
  exit 2
}

# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/apply.sh"

domain='' application=parley group=parley
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --domain) domain=$2 ;;
    --application) application=$2 ;;
    --group) group=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ -z "$domain" ] || of_domain "$domain"
find_domain

names() {
  "$asadmin" --interactive=false --terse "$@" 2>/dev/null | sed -n 's/^\([^ ]\{1,\}\).*/\1/p' | sort -u
}

stopping() {
  applications=$application
  for target in ${instances:+"$group"} $instances; do
    applications="$applications $(names list-applications "$target")"
  done
  for name in $(echo "$applications" | tr ' ' '\n' | sort -u); do
    echo "undeploy --target domain $name"
  done
  [ -z "$instances" ] || echo "stop-deployment-group $group"
}

# stop-deployment-group returns when the instances no longer answer. Their processes may run a little longer, and delete-instance
# refuses meanwhile, with half of its work done. A process removes its file pid when it ends.
await_end() {
  for name in $instances; do
    for process in "$domain"/../../nodes/*/"$name"/config/pid; do
      tries=0
      while [ -e "$process" ] && kill -0 "$(cat "$process")" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -le 60 ] || { echo "uninstall.sh stops: instance $name does not end within a minute. Run the script again." >&2; exit 1; }
        sleep 1
      done
    done
  done
}

removing() {
  [ -z "$instances" ] || echo "$instances" | sed 's/^/delete-instance /'
  # asadmin deletes a resource with its last reference, so a resource without any gets one first.
  for resource in jdbc-resource:jdbc/parley jdbc-resource:jdbc/parley-applications jms-resource:jms/parley/rooms jms-resource:jms/parley/connections; do
    names "list-${resource%%:*}s" domain | grep -qx "${resource#*:}" || continue
    echo "create-resource-ref --target server ${resource#*:}"
    names list-deployment-groups | sed -n "s|^$group\$|delete-${resource%%:*} --target & ${resource#*:}|p"
    echo "delete-${resource%%:*} --target server ${resource#*:}"
  done
  # An installation of an earlier version has one pool.
  for pool in parley parley-applications; do
    names list-jdbc-connection-pools | sed -n "s/^$pool\$/delete-jdbc-connection-pool &/p"
  done
  echo "delete-deployment-group $group"
  echo "delete-config $group-config"
  [ ! -f "$before" ] || cat "$before"
}

left() {
  [ ! -e "$1" ] || echo "  $1: $2"
}

known=false
[ ! -f "$before" ] || known=true
# None of this needs to be restored.
remember() { :; }
instances=$(names list-instances "$group")
apply stopping
await_end
apply removing
rm -f "$before"

echo 'Parley is no longer on this domain. Restart the domain: its JVM options have changed.'
$known || echo "Its settings stay unchanged: the first uninstall already deleted $before, which had the earlier ones."
echo 'These remain. Remove them if nothing else uses them:'
echo '  the database. To delete all messages for good: dropdb parley; dropuser parley'
left "$domain/parley" 'the embedded database'
for driver in "$domain"/lib/postgresql*.jar; do
  left "$driver" "the database's driver (asadmin remove-library ${driver##*/})"
done
left "$domain/../../config/branding/unnamed.properties" 'no product in the 404 of a server that starts'
echo "  where you used them: the key parley of $domain/config/keystore.p12, the administrator's password, the brokers' folders, the units of"
echo '  systemd and /etc/parley, the proxy'"'"'s configuration, the clients at the issuer'
