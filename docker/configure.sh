#!/bin/sh
# Runs while an image is built: configures its domain with server-config/instance.sh and its options, and writes to /opt/parley: domain1,
# which each start copies, and payara, the command that starts it. It can run again with other options.
set -eu

parley=$(cd "$(dirname "$0")" && pwd)
payara=$(cd "$(dirname "$ASADMIN")/.." && pwd)
domain=$payara/glassfish/domains/domain1

if [ -d "$parley/domain1" ]; then
  rm -rf "$domain"
  mv "$parley/domain1" "$domain"
fi
# Before Parley is loaded, the server's answers name no product.
cp "$parley/server-config/unnamed.properties" "$payara/glassfish/config/branding/"
"$ASADMIN" start-domain domain1
# The heap is a share of the container's memory; the rest is for code, threads and socket buffers.
"$parley/server-config/instance.sh" --domain "$domain" --heap 65% "$@"
cp "$parley"/drivers/*.jar "$domain/lib/"
"$ASADMIN" stop-domain domain1
rm -rf "$domain"/logs/* "$domain/osgi-cache" "$domain/config/parley-before.asadmin"

# The WAR is deployed at each start, because that needs the database.
echo "deploy --force --name parley --contextroot /parley $parley/parley.war" > "$parley/deploy.asadmin"

# One process that receives the container's signals and prints its log, instead of asadmin and a child. Each argument is a line.
{
  echo '#!/bin/sh'
  printf 'exec %s\n' "\\"
  "$ASADMIN" start-domain --dry-run --verbose --postbootcommandfile "$parley/deploy.asadmin" domain1 |
    sed -e '1d' -e '/^$/,$d' -e "s/'/'\\\\''/g" -e "s/.*/  '&' \\\\/"
  # What asadmin would send to the server about its key stores.
  echo '  <<END'
  echo 'AS_ADMIN_MASTERPASSWORD=changeit'
  echo 'END'
} > "$parley/payara"
chmod +x "$parley/payara"

# A running container mounts a folder in memory here.
mv "$domain" "$parley/domain1"
mkdir "$domain"
