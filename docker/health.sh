#!/bin/sh
# Checks for Docker whether the server is alive. Docker does not restart an unhealthy container, so this ends a server that has not answered
# for a minute, or within ten minutes of its start; the restart policy starts it again. It checks neither the database nor the issuer.
set -u

state=/tmp/health
if curl -fsS -m 3 -o /dev/null http://127.0.0.1:8080/health/live; then
  echo lived > "$state"
  exit 0
fi
echo failed >> "$state"
limit=120
[ "$(head -n 1 "$state")" = lived ] && limit=12
if [ "$(grep -c failed "$state")" -ge "$limit" ]; then
  rm -f "$state"
  pkill -KILL -u "$(id -u)" -x java
fi
exit 1
