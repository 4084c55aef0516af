#!/bin/sh
# Keeps to the protocol, and has a thread with a lane of its own beside the process's.
event() { echo "{\"event\":{\"at\":$1,\"track\":$2,\"kind\":{$3}}}"; }
echo '{"ready":{"version":3}}'
read -r clock
echo '{"clock":{"nanos":1000}}'
read -r task
event 2000 0 '"begun":{"state":"waiting","step":"compute"}'
event 3000 7 '"opened":{"noun":"thread","number":1,"os_id":42}'
event 4000 7 '"begun":{"state":"running","step":"compute"}'
event 5000 7 '"progress":{"done":1,"total":2}'
event 6000 0 '"ended":{"state":null,"cpu":null}'
event 7000 7 '"ended":{"state":"lost","cpu":1500}'
echo '{"acknowledged":{"part":0}}'
echo '{"result":{"part":0,"value":"5050"}}'
exec sleep 1000
