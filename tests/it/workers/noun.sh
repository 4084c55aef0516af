#!/bin/sh
# Opens a lane of a kind that there is not.
echo '{"event":{"at":0,"track":1,"kind":{"opened":{"noun":"disk","number":1,"os_id":null}}}}'
exec sleep 1000
