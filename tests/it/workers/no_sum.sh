#!/bin/sh
# Keeps to the protocol, but its result is not a sum.
echo '{"ready":{"version":3}}'
read -r clock
echo '{"clock":{"nanos":0}}'
echo '{"acknowledged":{"part":0}}'
echo '{"result":{"part":0,"value":"all of it"}}'
exec sleep 1000
