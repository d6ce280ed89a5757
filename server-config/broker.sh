#!/bin/sh
# Runs one message broker for the instances of a group, in the foreground until a signal: for systemd, a container or a terminal.
# It is Payara's OpenMQ in a separate process. Starting it again uses the same folder and changes nothing.
set -eu

usage() {
  cat >&2 <<'END'
usage: broker.sh --payara DIR --var DIR [--name NAME] [--host ADDRESS] [--port PORT] [--cluster HOST:PORT,HOST:PORT…]

  --payara   the folder of Payara (the one that has mq in it)
  --var      the broker's own folder; the script creates it
  --name     the broker's name (broker); each broker of a cluster needs its own
  --host     the address to listen on, at which the instances and the other brokers reach this one (127.0.0.1); brokers of
             a cluster refuse a loopback address
  --port     the port for instances (7676); brokers of a cluster use the two ports after it for each other
  --cluster  all brokers of the cluster, this one included, with their ports for instances; omit it for a single broker

The instances' password comes from the environment: PARLEY_BROKER_PASSWORD. java is that of AS_JAVA, JAVA_HOME or the PATH.
END
  exit 2
}

payara='' var='' name=broker host=127.0.0.1 port=7676 cluster=''
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --payara) payara=$2 ;;
    --var) var=$2 ;;
    --name) name=$2 ;;
    --host) host=$2 ;;
    --port) port=$2 ;;
    --cluster) cluster=$2 ;;
    *) usage ;;
  esac
  shift 2
done
if [ -z "$payara" ] || [ -z "$var" ]; then usage; fi
: "${PARLEY_BROKER_PASSWORD:?is not set: the password of the instances}"

here=$(cd "$(dirname "$0")" && pwd)
mq=$payara/mq
home=${AS_JAVA:-${JAVA_HOME:-}}
java=${home:+$home/bin/}java
umask 077

instance=$var/instances/$name
mkdir -p "$instance/props" "$instance/etc"
{
  cat "$here/broker.properties"
  echo imq.instanceconfig.version=300
  echo "imq.hostname=$host"
  echo "imq.jms.tcp.port=$port"
  echo "imq.portmapper.hostname=$host"
  echo "imq.portmapper.port=$((port + 1))"
  echo "imq.cluster.hostname=$host"
  echo "imq.cluster.port=$((port + 2))"
  if [ -z "$cluster" ]; then
    # Instances connect to the port of the JMS service directly; a single broker needs no port mapper.
    echo imq.portmapper.bind=false
  else
    # Brokers find each other on the port after the one for instances.
    echo "imq.cluster.brokerlist=$(echo "$cluster" | awk -F, '{
      for (i = 1; i <= NF; i++) { split($i, at, ":"); printf "%s%s:%d", (i > 1 ? "," : ""), at[1], at[2] + 1 } }')"
  fi
} > "$instance/props/config.properties"

run() {
  main=$1
  shift
  exec "$java" -Xmx192m --enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError -cp "$mq/lib/imqbroker.jar:$mq/lib/imqutil.jar:$mq/lib/ext" \
    -Dimq.home="$mq" -Dimq.varhome="$var" -Dimq.etchome="$mq/etc" -Dimq.libhome="$mq/lib" "$main" "$@"
}

cp "$here/broker-access.properties" "$instance/etc/accesscontrol.properties"

# Only the instances: OpenMQ's default users, with well-known passwords, are not in this file.
: > "$instance/etc/passwd"
printf '%s\n' "$PARLEY_BROKER_PASSWORD" > "$instance/etc/passfile"
(run com.sun.messaging.jmq.jmsserver.auth.usermgr.UserMgr add -f -s -i "$name" -u parley -g user -passfile "$instance/etc/passfile")
rm "$instance/etc/passfile"

run com.sun.messaging.jmq.jmsserver.Broker -name "$name"
