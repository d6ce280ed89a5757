#!/bin/sh
# While an image is built: configures its domain by server-config/instance.sh, with the same options, and leaves the command that
# starts it in /opt/parley/payara.
set -eu

parley=$(cd "$(dirname "$0")" && pwd)
payara=$(cd "$(dirname "$ASADMIN")/.." && pwd)

# What the server answers before Parley is loaded names no product.
cp "$parley/server-config/unnamed.properties" "$payara/glassfish/config/branding/"
"$ASADMIN" start-domain domain1
"$parley/server-config/instance.sh" --domain "$payara/glassfish/domains/domain1" "$@"
cp "$parley"/drivers/*.jar "$payara/glassfish/domains/domain1/lib/"
"$ASADMIN" stop-domain domain1
rm -rf "$payara"/glassfish/domains/domain1/logs/*

# The WAR is deployed at each start: it needs its database for that.
echo "deploy --force --name parley --contextroot /parley $parley/parley.war" > "$parley/deploy.asadmin"

# One process that gets the container's signals, instead of asadmin and its child. An argument is a line.
{
  echo '#!/bin/sh'
  printf 'exec %s\n' "\\"
  "$ASADMIN" start-domain --dry-run --postbootcommandfile "$parley/deploy.asadmin" domain1 |
    sed -e '1d' -e '/^$/,$d' -e "s/'/'\\\\''/g" -e "s/.*/  '&' \\\\/"
  # What asadmin would tell the server of its key stores.
  echo '  <<END'
  echo 'AS_ADMIN_MASTERPASSWORD=changeit'
  echo 'END'
} > "$parley/payara"
chmod +x "$parley/payara"
