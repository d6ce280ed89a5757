#!/bin/sh
# Installs Parley, or another version of it, on the instances of a deployment group: one instance after the other, each until it is ready,
# while the others serve. It reverts to an earlier version in the same way.
set -eu

usage() {
  cat >&2 <<'END'
usage: deploy.sh --war FILE [--domain DIR] [--group NAME] [--context PATH] [--patience SECONDS]

  --war       the version to install
  --domain    the domain's folder; if another domain's server answers, nothing is changed
  --group     the deployment group (parley); each instance gets an application of its own, named like the instance
  --context   the context root (/parley)
  --patience  how long a running instance may take to become ready (300)

asadmin is the one on the PATH unless ASADMIN names another; its options come from the environment too: AS_ADMIN_HOST,
AS_ADMIN_PORT, AS_ADMIN_USER, AS_ADMIN_PASSWORDFILE. It needs curl to ask an instance whether it is ready.
END
  exit 2
}

# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/apply.sh"

war='' domain='' group=parley context=/parley patience=300
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --war) war=$2 ;;
    --domain) domain=$2 ;;
    --group) group=$2 ;;
    --context) context=$2 ;;
    --patience) patience=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ -n "$war" ] || usage
[ -r "$war" ] || { echo "$war can't be read" >&2; exit 1; }
command -v curl >/dev/null || { echo "curl is not installed" >&2; exit 1; }

[ -z "$domain" ] || of_domain "$domain"

# The value of a dotted name, or nothing.
value() {
  "$asadmin" --interactive=false --terse get "$1" 2>/dev/null | sed -n "s/^[^=]*=//p" | head -n 1
}

address() {
  node=$(value "servers.server.$1.node-ref")
  host=$(value "nodes.node.$node.node-host")
  port=$(value "servers.server.$1.system-property.HTTP_LISTENER_PORT.value")
  [ -n "$port" ] || port=$(value "configs.config.$(value "servers.server.$1.config-ref").system-property.HTTP_LISTENER_PORT.value")
  echo "http://${host:-localhost}:$port"
}

# The instance's own health page says whether it is ready, and why not.
await_ready() {
  waited=0
  until said=$(curl -sS -m 5 --noproxy '*' "$1/health/ready" 2>&1) && echo "$said" | grep -q '^{"status":"UP"'; do
    if [ "$waited" -ge "$patience" ]; then
      echo "  not ready after $patience s: $said" >&2
      return 1
    fi
    sleep 1
    waited=$((waited + 1))
  done
}

"$asadmin" --interactive=false --terse list-instances "$group" > /dev/null ||
  { echo "There is no group $group, or it can't be listed" >&2; exit 1; }
if "$asadmin" --interactive=false --terse list-applications "$group" | grep -q "^$group "; then
  echo "The application $group is on the whole group, so Payara would replace it everywhere at once. Undeploy it first:" >&2
  echo "  asadmin undeploy --target $group $group" >&2
  exit 1
fi
instances=$("$asadmin" --interactive=false --terse list-instances "$group" | sed 's/ /=/' | tr -d ' ')
for entry in $instances; do
  instance=${entry%%=*}
  echo "$instance: installing $(basename "$war")"
  said=$("$asadmin" --interactive=false deploy --force --name "$instance" --contextroot "$context" --target "$instance" "$war" 2>&1) || true
  if echo "$said" | grep -Eq '^Command deploy failed|(failed|did not complete successfully) on server instance' &&
    ! echo "$said" | grep -q 'seems to be offline'; then
    echo "$said" >&2
    echo "$instance refuses it, so the script stops. The instances after it are unchanged." >&2
    exit 1
  fi
  case $entry in
    *=running*)
      await_ready "$(address "$instance")" ||
        { echo "$instance is not ready, so the script stops. The instances after it are unchanged." >&2; exit 1; }
      echo "$instance: ready" ;;
    *) echo "$instance: not running; it gets this version when it starts" ;;
  esac
done
