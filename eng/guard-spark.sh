#!/bin/sh
# Starts a Spark of tests and takes it away, with its folder, when the input ends: however the caller ends, it does.
#   guard-spark.sh SCRIPT FOLDER PORT    SPARK_UI_PORT is the port of its REST interface
# The first line of the output is up, or what Spark's logs say. The server leads a process group.
trap '' INT TERM HUP
"$1" local "$2" "$3" >"$2/start.log" 2>&1 && echo up && cat >/dev/null || cat "$2"/*.log
group=$(cat "$2/server.pid") && kill -9 "-$group"
for i in $(seq 100); do kill -0 "-$group" 2>/dev/null || break; sleep 0.05; done
rm -rf "$2"
