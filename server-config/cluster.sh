#!/bin/sh
# Creates a deployment group for Parley on a running domain: the group, its configuration, its resources and its instances, all from the
# files in this folder. Running it again updates an existing group to these files. It stops at the first error. uninstall.sh reverts it.
set -eu

usage() {
  cat >&2 <<'END'
usage: cluster.sh [--domain DIR] [--instances N] [--nodes NODE,NODE…] [--group NAME] [--heap SIZE] [--log text|json]

  --domain     the domain's folder; if another domain's server answers, nothing is changed
  --instances  the least number of instances in the group (2); their names are NAME-1, NAME-2 …
  --nodes      the domain's nodes among which the instances are distributed (the node of the domain's own machine)
  --group      the group's name (parley); its configuration is called NAME-config
  --heap       the heap of each instance: a size, such as 4g, or a share of the machine's memory, such as 30% (2g, unless the group has
               another one)
  --log        whether each line of an instance's log is text or a JSON object (unchanged; a new group has text)

If the domain has a node on another machine, the administration of the domain and of the group listens on every address, and the domain
must have secure administration. Otherwise it listens on loopback.

asadmin is the one on the PATH unless ASADMIN names another; its options come from the environment too: AS_ADMIN_HOST,
AS_ADMIN_PORT, AS_ADMIN_USER, AS_ADMIN_PASSWORDFILE.
END
  exit 2
}

# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/apply.sh"

domain='' group=parley instances=2 nodes='' heap='' log=''
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --domain) domain=$2 ;;
    --instances) instances=$2 ;;
    --nodes) nodes=$2 ;;
    --group) group=$2 ;;
    --heap) heap=$2; check_heap "$heap" ;;
    --log) log=$2 ;;
    *) usage ;;
  esac
  shift 2
done
case $log in '' | text | json) ;; *) usage ;; esac
config=$group-config
[ -z "$domain" ] || of_domain "$domain"

# The files name a single server and its configuration; this replaces both with the group's.
for_group() {
  sed -e "s/configs\.config\.server-config\./configs.config.$config./" \
    -e "s/^\(create-jvm-options\|delete-jvm-options\|create-module-config\|set-log-attributes\) /\1 --target $config /" \
    -e "s/^\(create-jdbc-resource\|create-jms-resource\) /\1 --target $group /"
}

files() {
  for file in "$@"; do
    cat "$here/$file.asadmin"
    echo
  done
}

# The domain's server and the instances administer each other, from machine to machine if there are several.
hardening() {
  if [ -z "$remote" ]; then files hardening; else files hardening | sed 's/\(admin-listener\.address\)=127\.0\.0\.1$/\1=0.0.0.0/'; fi
}

# The domain's nodes on other machines.
remote_nodes() {
  "$asadmin" --interactive=false list-nodes --long | awk '$2 ~ /^[A-Z]+$/ && $3 != "localhost" && $3 !~ /^127[.]/ { print $1 }'
}

instances() {
  number=0
  while [ $number -lt "$instances" ]; do
    for node in $(echo "$nodes" | tr , ' '); do
      [ $number -lt "$instances" ] || break
      number=$((number + 1))
      echo "create-instance --node $node --config $config --deploymentgroup $group $group-$number"
    done
  done
}

commands() {
  # The domain's own server administers the group and serves no clients. It starts no broker. The lines that delete the resources of a
  # single instance are left out, because the group needs them.
  hardening
  files group-domain logging
  files alone | grep -v '^delete-'
  echo "copy-config default-config $config"
  echo "create-deployment-group $group"
  heap "$config" "$heap" | for_group
  # Only the domain's server reports to the vendor. The folder of the page at / exists only there too.
  hardening | grep -v 'phone-home\|docroot' | for_group
  files instance logging proxy postgresql jms brokers | for_group
  [ -z "$log" ] || files "logging-$log" | for_group
  instances
}

find_domain
remote=$(remote_nodes)
if [ -n "$remote" ] && ! "$asadmin" --interactive=false get secure-admin.enabled | grep -qx 'secure-admin.enabled=true'; then
  echo "Nodes on other machines need secure administration, and this domain has none: $(echo "$remote" | tr '\n' ' ')" >&2
  echo "Nothing was changed. Set a password with administrator.sh, then run asadmin enable-secure-admin and asadmin restart-domain" >&2
  exit 1
fi
if [ -z "$nodes" ]; then
  nodes=$("$asadmin" --interactive=false --terse list-nodes | grep '^localhost-' | head -n 1)
  [ -n "$nodes" ] || { echo "The domain has no node of its own machine: name the nodes with --nodes" >&2; exit 1; }
fi
apply commands
