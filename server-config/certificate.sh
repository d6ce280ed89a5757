#!/bin/sh
# Installs your own certificate for the TLS listener, from a PKCS #12 file, in place of Payara's own, which no browser trusts.
# Running it again, for example with a renewed certificate, replaces the old one. Restart the server afterwards.
set -eu

usage() {
  cat >&2 <<'END'
usage: certificate.sh --domain DIR --pkcs12 FILE [--config NAME]

  --domain  the folder of the running domain (the one that has config in it); if another domain's server answers, nothing is changed
  --pkcs12  a file with one private key and its chain
  --config  the configuration whose listener gets the certificate (server-config)

The environment has the password of the file, PARLEY_CERTIFICATE_PASSWORD, and if it is not Payara's default, that of the domain's key
store, AS_ADMIN_MASTERPASSWORD. asadmin is the one on the PATH unless ASADMIN names another; keytool is that of AS_JAVA, JAVA_HOME or
the PATH.
END
  exit 2
}

domain='' file='' config=server-config
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --domain) domain=$2 ;;
    --pkcs12) file=$2 ;;
    --config) config=$2 ;;
    *) usage ;;
  esac
  shift 2
done
if [ -z "$domain" ] || [ -z "$file" ]; then usage; fi
: "${PARLEY_CERTIFICATE_PASSWORD:?is not set: the password of the PKCS #12 file}"
AS_ADMIN_MASTERPASSWORD=${AS_ADMIN_MASTERPASSWORD:-changeit}
export PARLEY_CERTIFICATE_PASSWORD AS_ADMIN_MASTERPASSWORD

# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/apply.sh"
home=${AS_JAVA:-${JAVA_HOME:-}}
keytool=${home:+$home/bin/}keytool

of_domain "$domain"
alias=$("$keytool" -J-Duser.language=en -list -keystore "$file" -storetype PKCS12 -storepass:env PARLEY_CERTIFICATE_PASSWORD |
  sed -n 's/^\(.*\), [^,]*, [^,]*, PrivateKeyEntry, *$/\1/p')
if [ -z "$alias" ] || [ "$(echo "$alias" | wc -l)" -ne 1 ]; then
  echo "$file must hold one private key" >&2
  exit 1
fi

"$keytool" -importkeystore -noprompt -srckeystore "$file" -srcstoretype PKCS12 -srcstorepass:env PARLEY_CERTIFICATE_PASSWORD -srcalias "$alias" \
  -destkeystore "$domain/config/keystore.p12" -deststoretype PKCS12 -deststorepass:env AS_ADMIN_MASTERPASSWORD \
  -destkeypass:env AS_ADMIN_MASTERPASSWORD -destalias parley

apply echo "set configs.config.$config.network-config.protocols.protocol.http-listener-2.ssl.cert-nickname=parley"
