#!/bin/sh
# Is handed a task, takes none of the numbers in, and talks without end.
echo '{"ready":{"version":3}}'
read -r clock
echo '{"clock":{"nanos":1000}}'
read -r task
exec yes '{"message":{"value":"making"}}'
