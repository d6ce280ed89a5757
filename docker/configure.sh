#!/bin/sh
# While an image is built: configures its domain by server-config/instance.sh, with the same options, and leaves two things in
# /opt/parley: domain1, which each start takes a fresh copy of, and the command that starts it, payara. May run again with other options.
set -eu

parley=$(cd "$(dirname "$0")" && pwd)
payara=$(cd "$(dirname "$ASADMIN")/.." && pwd)
domain=$payara/glassfish/domains/domain1

if [ -d "$parley/domain1" ]; then
  rm -rf "$domain"
  mv "$parley/domain1" "$domain"
fi
# What the server answers before Parley is loaded names no product.
cp "$parley/server-config/unnamed.properties" "$payara/glassfish/config/branding/"
"$ASADMIN" start-domain domain1
# The heap is a share of the container's memory; the rest is for the code, the threads and the buffers of the sockets.
"$parley/server-config/instance.sh" --domain "$domain" --heap 65% "$@"
cp "$parley"/drivers/*.jar "$domain/lib/"
"$ASADMIN" stop-domain domain1
rm -rf "$domain"/logs/* "$domain/osgi-cache" "$domain/config/parley-before.asadmin"

# The WAR is deployed at each start: it needs its database for that.
echo "deploy --force --name parley --contextroot /parley $parley/parley.war" > "$parley/deploy.asadmin"

# One process that gets the container's signals and prints its log, instead of asadmin and its child. An argument is a line.
{
  echo '#!/bin/sh'
  printf 'exec %s\n' "\\"
  "$ASADMIN" start-domain --dry-run --verbose --postbootcommandfile "$parley/deploy.asadmin" domain1 |
    sed -e '1d' -e '/^$/,$d' -e "s/'/'\\\\''/g" -e "s/.*/  '&' \\\\/"
  # What asadmin would tell the server of its key stores.
  echo '  <<END'
  echo 'AS_ADMIN_MASTERPASSWORD=changeit'
  echo 'END'
} > "$parley/payara"
chmod +x "$parley/payara"

# In its place is a folder of the container's memory when it runs.
mv "$domain" "$parley/domain1"
mkdir "$domain"
