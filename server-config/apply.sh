# For the other scripts. apply runs asadmin commands from standard input, one after the other.
# asadmin goes on after a mistake, and its exit code tells of none. Here a mistake is printed and the exit code is 1; that a thing is
# there already, or gone already, or that an instance gets the change when it starts, is no mistake.
asadmin=${ASADMIN:-asadmin}

# Ends the script unless the server that asadmin reaches runs this domain. A wrong port may lead to another one, and where nobody
# listens, asadmin's change-admin-password changes a file of the only domain that it finds. Further arguments are asadmin's.
of_domain() {
  wanted=$(cd "$1" 2>/dev/null && pwd -P) || { echo "$1 is not a folder" >&2; exit 1; }
  shift
  reached=$("$asadmin" --interactive=false --terse "$@" __locations 2>&1 | head -n 1)
  if [ "$(cd "$reached" 2>/dev/null && pwd -P)" != "$wanted" ]; then
    echo "No server of $wanted answers on port ${AS_ADMIN_PORT:-4848}, so nothing was changed. asadmin says: $reached" >&2
    exit 1
  fi
}

apply() {
  commands=$(mktemp)
  trap 'rm -f "$commands"' EXIT
  cat > "$commands"
  "$asadmin" multimode --file "$commands" 2>&1 | awk '
    /^Command multimode / { next }
    /^Warning: Instance [^ ]+ seems to be offline; / { next }
    /^Command [^ ]+ (executed successfully|completed with warnings)\.$/ { said = ""; done++; next }
    /^Command [^ ]+ failed\.$/ {
      if (said ~ /[^ \n]/ && said !~ /already exists|does not exist|is trying to use the same directory/) { print said $0; mistakes++ }
      said = ""; done++; next
    }
    { said = said $0 "\n" }
    END { if (!done) print said; exit mistakes > 0 || !done }'
}
