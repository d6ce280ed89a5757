#!/bin/sh
# Whether the server is alive, for Docker, which only takes note of it. So this ends a server that has not answered for a minute, or not
# within ten minutes of its start, and the restart policy starts it again. It asks nothing about the database or the issuer.
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
