# shellcheck shell=sh
# For the other scripts. apply runs asadmin commands one after the other and stops at the first mistake, where asadmin alone goes on.
# That a thing is there already, or gone already, or that an instance gets the change when it starts, is no mistake.
asadmin=${ASADMIN:-asadmin}
here=$(cd "$(dirname "$0")" && pwd)

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

# Ends the script unless a server answers; domain is then its folder, before the file in it that knows the way back (uninstall.sh).
find_domain() {
  domain=$("$asadmin" --interactive=false --terse __locations 2>&1) || {
    echo "No server answers on port ${AS_ADMIN_PORT:-4848}, so nothing was changed. asadmin says: $domain" >&2
    exit 1
  }
  domain=$(echo "$domain" | head -n 1)
  before=$domain/config/parley-before.asadmin
}

# The options of the heap that a configuration has, or will get from default-config, which it is copied from.
heap_of() {
  { "$asadmin" --interactive=false --terse list-jvm-options --target "$1" 2>/dev/null ||
    "$asadmin" --interactive=false --terse list-jvm-options --target default-config 2>/dev/null; } | sed 's/ *--> JDK versions.*//' |
    grep -E '^-(Xm[sx]|XX:(Min|Max|Initial)RAM(Percentage|Fraction)=|XX:(Max|Initial)HeapSize=)' || :
}

# The commands that give a configuration this heap; without one, that of heap.asadmin, unless the administrator chose one.
heap() {
  present=$(heap_of "$1")
  case $2 in
    '')
      if [ -z "$present" ] || [ "$present" = -Xmx512m ]; then
        grep -v '^#' "$here/heap.asadmin"
      else
        echo "The heap stays as it is: $(echo "$present" | tr '\n' ' ')(--heap changes it)" >&2
      fi
      return ;;
    *%) wanted="-XX:InitialRAMPercentage=${2%\%}.0
-XX:MaxRAMPercentage=${2%\%}.0" ;;
    *) wanted="-Xms$2
-Xmx$2" ;;
  esac
  [ "$(echo "$present" | sort)" = "$(echo "$wanted" | sort)" ] && return
  echo "$present" | sed -n 's/:/\\:/g; s/..*/delete-jvm-options "&"/p'
  echo "$wanted" | sed 's/:/\\:/g; s/.*/create-jvm-options "&"/'
}

# Ends the script unless this is a heap: a size, as 4g or 3000m, or a share of the memory that there is, as 70%.
check_heap() {
  echo "$1" | grep -Eqx '[1-9][0-9]*[gGmM]|[1-9][0-9]?%' || { echo "--heap $1 is neither a size, such as 4g, nor a share, such as 70%" >&2; exit 2; }
}

# Its arguments are a command of the shell, which writes those of asadmin.
apply() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  "$@" > "$work/files"
  sed -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' "$work/files" > "$work/commands"
  find_domain
  remember
  mkfifo "$work/in" "$work/out"
  "$asadmin" --interactive=false multimode --file /dev/stdin < "$work/in" > "$work/out" 2>&1 &
  exec 3> "$work/in" 4< "$work/out"
  trap '' PIPE
  mistake=''
  while IFS= read -r command; do
    echo "$command" >&3 2>/dev/null || :
    answered "${command%% *}" || { mistake=$command; break; }
  done < "$work/commands"
  exec 3>&-
  # What asadmin says of its own end.
  cat <&4 >/dev/null
  exec 4<&-
  wait
  rm -rf "$work"
  [ -z "$mistake" ] || {
    printf '%s stops. asadmin refuses this command:\n  %s\nIt says: %s\n' "${0##*/}" "$mistake" "$said"
    echo "What comes before it is done; it and what comes after are not. When the cause is gone, run the script again."
    return 1
  } >&2
}

# Reads what asadmin says of one command, by its verb; false after a mistake, which is then in said.
answered() {
  said=''
  while IFS= read -r line <&4; do
    case $line in
      "Command $1 executed successfully." | "Command $1 completed with warnings.") return 0 ;;
      "Command $1 failed.")
        [ -n "$said" ] || return 0
        case $1:$said in
          create-*:*'already exists'* | create-*:*'is trying to use the same directory'* | copy-*:*'already exists'*) return 0 ;;
          delete-*:*'does not exist'* | delete-*:*'is not referenced in target'* | delete-*:*' not found') return 0 ;;
          delete-*:*'Cannot find a DeploymentGroup'* | delete-*:*'There is no instance named'*) return 0 ;;
          undeploy:*'is not deployed'*) return 0 ;;
        esac
        return 1 ;;
      "Warning: Instance "*" seems to be offline; "* | "Unable to retrieve infocmp for type"* | '') ;;
      *) said="${said:+$said
}$line" ;;
    esac
  done
  said="${said:-nothing, and ended}"
  return 1
}

# Writes down what puts back what the commands change, the latest change first. What the first run found counts: a later one
# finds what the first left. Resources and the group's configuration are not in it: they are Parley's, and go as a whole.
remember() {
  if [ ! -w "$domain/config" ]; then
    echo "What the server has now is not written down, for $domain/config can't be written from here: uninstall.sh will leave it as it is" >&2
    return
  fi
  [ -f "$before" ] || : > "$before"
  "$asadmin" --interactive=false get '*' > "$work/values"
  "$asadmin" --interactive=false list-jvm-options | sed 's/ *--> JDK versions.*//' > "$work/options"
  "$asadmin" --interactive=false list-log-attributes | sed 's/[[:space:]]*<\(.*\)>$/=\1/' > "$work/log"
  awk '
    function back(line) { if (!(line in known)) { known[line]; lines[++count] = line } }
    function forget(line, i) { for (i in lines) if (lines[i] == line) { delete lines[i]; delete known[line] } }
    function named(line) { sub(/^[^ ]+ /, "", line); return substr(line, 1, index(line, "=") - 1) }
    function quoted(text) { gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); return "\"" text "\"" }
    FILENAME == ARGV[1] { at = index($0, "="); if (at) value[substr($0, 1, at - 1)] = substr($0, at + 1); next }
    FILENAME == ARGV[2] { option[$0]; next }
    FILENAME == ARGV[3] { at = index($0, "="); if (at) attribute[substr($0, 1, at - 1)] = substr($0, at + 1); next }
    FILENAME == ARGV[4] { old[++olds] = $0; next }
    FNR == 1 { for (i = olds; i > 0; i--) { back(old[i]); if (old[i] ~ /^set/) kept[named(old[i])] } }
    /^set configs\.config\.server-config\./ {
      name = named($0)
      if (name in kept) next
      kept[name]
      back("set " name "=" (name in value ? quoted(value[name]) : ""))
    }
    /^set-log-attributes / && !/ --target / {
      name = named($0)
      if (name in kept) next
      kept[name]
      back("set-log-attributes " name "=" attribute[name])
    }
    /^(create|delete)-jvm-options / && !/ --target / {
      creates = /^create/
      text = $0
      sub(/^[^ ]+ (--min-jvm [^ ]+ )?/, "", text)
      gsub(/^"|"$|\\/, "", text)
      if (creates == (text in option)) next
      if (creates) option[text]; else delete option[text]
      gsub(/:/, "\\:", text)
      there = "create-jvm-options \"" text "\""
      gone = "delete-jvm-options \"" text "\""
      if ((creates ? there : gone) in known) forget(creates ? there : gone); else back(creates ? gone : there)
    }
    END { for (i = count; i > 0; i--) if (i in lines) print lines[i] }
  ' "$work/values" "$work/options" "$work/log" "$before" "$work/commands" > "$work/before"
  cat "$work/before" > "$before"
}
