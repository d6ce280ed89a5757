#!/bin/sh
# Writes the configuration of coturn, the TURN server that relays calls where two browsers can't reach each other.
set -eu

usage() {
  cat >&2 <<'END'
usage: turn.sh --realm NAME --file FILE [--port N] [--listen ADDRESS] [--public ADDRESS] [--relay-ports FIRST-LAST]
               [--tls-port N --certificate FILE --key FILE] [--allow-private]

  --realm          the host name at which browsers reach the server, such as turn.example.com
  --file           where to write the configuration; only its owner can read it, because it has the secret
  --port           for UDP and TCP (3478)
  --listen         the address that it listens on and relays from; all addresses of this machine without it
  --public         the public address of this machine, if a router translates addresses
  --relay-ports    the UDP ports that it relays from (49152-65535); open them in the firewall
  --tls-port       for TLS over TCP (5349), with --certificate and --key (PEM). Without these, it serves no TLS; some networks let
                   nothing else through
  --allow-private  relays to private addresses too: for calls within a closed network

The secret that it shares with Parley (parley.turn.secret) comes from the environment: PARLEY_TURN_SECRET.
END
  exit 2
}

fail() {
  echo "turn.sh: $1" >&2
  exit 1
}

realm='' file='' port=3478 listen='' public='' relay=49152-65535 tls_port=5349 certificate='' key='' private=''
while [ $# -gt 0 ]; do
  if [ "$1" = --allow-private ]; then
    private=yes
    shift
    continue
  fi
  [ $# -ge 2 ] || usage
  case $1 in
    --realm) realm=$2 ;;
    --file) file=$2 ;;
    --port) port=$2 ;;
    --listen) listen=$2 ;;
    --public) public=$2 ;;
    --relay-ports) relay=$2 ;;
    --tls-port) tls_port=$2 ;;
    --certificate) certificate=$2 ;;
    --key) key=$2 ;;
    *) usage ;;
  esac
  shift 2
done
if [ -z "$realm" ] || [ -z "$file" ]; then usage; fi
: "${PARLEY_TURN_SECRET:?is not set: the secret that coturn shares with Parley}"

# A value ends its line, and a # begins a comment.
for value in "$realm" "$port" "$listen" "$public" "$relay" "$tls_port" "$certificate" "$key" "$PARLEY_TURN_SECRET"; do
  case $value in
    *[!A-Za-z0-9._~:/+=-]*) fail "a value has a character other than letters, digits and ._~:/+=-" ;;
  esac
done
[ ${#PARLEY_TURN_SECRET} -ge 16 ] || fail "PARLEY_TURN_SECRET has fewer than 16 characters; openssl rand -hex 32 makes one"
for number in "$port" "$tls_port" "${relay%-*}" "${relay#*-}"; do
  case $number in
    '' | *[!0-9]*) fail "a port is not a number: $number" ;;
  esac
done
[ "${relay%-*}" -lt "${relay#*-}" ] || fail "--relay-ports must be FIRST-LAST, such as 49152-65535"
if [ -n "$certificate$key" ]; then
  for pem in "$certificate" "$key"; do
    [ -r "$pem" ] || fail "--certificate and --key must both be readable files: $pem"
  done
fi

write() {
  cat <<END
# Made by turn.sh of Parley.
realm=$realm
server-name=$realm
listening-port=$port
min-port=${relay%-*}
max-port=${relay#*-}
fingerprint
# Parley makes user names that expire, and passwords from the shared secret.
use-auth-secret
static-auth-secret=$PARLEY_TURN_SECRET
stale-nonce=600
# A browser allocates one for each connection, each URL of this server and each network of its own: 3 x 3 x 4.
user-quota=36
total-quota=1200
no-cli
no-tlsv1
no-tlsv1_1
no-multicast-peers
no-tcp-relay
log-file=stdout
END
  if [ -n "$listen" ]; then printf 'listening-ip=%s\nrelay-ip=%s\n' "$listen" "$listen"; fi
  if [ -n "$public" ]; then echo "external-ip=$public"; fi
  if [ -n "$certificate" ]; then
    printf 'tls-listening-port=%s\ncert=%s\npkey=%s\n' "$tls_port" "$certificate" "$key"
  else
    printf 'no-tls\nno-dtls\n'
  fi
  if [ -z "$private" ]; then
    echo '# Anyone who is signed in can have it send to any address, so it must not reach the machines of this network.'
    # No range may begin with ::, which coturn takes for all addresses.
    for range in 0.0.0.0-0.255.255.255 10.0.0.0-10.255.255.255 100.64.0.0-100.127.255.255 127.0.0.0-127.255.255.255 \
      169.254.0.0-169.254.255.255 172.16.0.0-172.31.255.255 192.0.0.0-192.0.0.255 192.0.2.0-192.0.2.255 192.88.99.0-192.88.99.255 \
      192.168.0.0-192.168.255.255 198.18.0.0-198.19.255.255 198.51.100.0-198.51.100.255 203.0.113.0-203.0.113.255 \
      240.0.0.0-255.255.255.255 ::1 ::ffff:0.0.0.0-::ffff:255.255.255.255 64:ff9b::-64:ff9b::ffff:ffff \
      64:ff9b:1::-64:ff9b:1:ffff:ffff:ffff:ffff:ffff 100::-100::ffff:ffff:ffff:ffff \
      2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff 2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff \
      fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe80::-feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff; do
      echo "denied-peer-ip=$range"
    done
    # Two people who are both relayed reach each other through this machine's own address.
    if [ -n "$public" ]; then echo "allowed-peer-ip=$public"; elif [ -n "$listen" ]; then echo "allowed-peer-ip=$listen"; fi
  fi
}

umask 077
write >"$file.new"
mv "$file.new" "$file"
echo "Wrote $file. Set parley.turn.secret to the same secret, and parley.turn.urls to" >&2
echo "turn:$realm:$port,turn:$realm:$port?transport=tcp${certificate:+,turns:$realm:$tls_port?transport=tcp}" >&2
