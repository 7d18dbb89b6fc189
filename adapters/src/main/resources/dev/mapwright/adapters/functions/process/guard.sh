# Runs a command until it ends, or until the process that holds the other end of standard input does.
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
(
    exec >/dev/null 2>&1
    while read -r _ <&3; do :; done
    kill -9 "$child"
) &
watcher=$!
exec 3<&-
wait "$child"
status=$?
kill -9 "$watcher" 2>/dev/null
exit "$status"
