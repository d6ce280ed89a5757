# For instance.sh and cluster.sh: asadmin commands from standard input, run one after the other.
# asadmin goes on after a mistake, and its exit code tells of none. Here a mistake is printed and the exit code is 1; that a thing is
# there already, or gone already, or that an instance gets the change when it starts, is no mistake.
asadmin=${ASADMIN:-asadmin}

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
