#!/bin/sh
# Opens lane after lane.
lane=0
while lane=$((lane + 1)); do
    echo '{"event":{"at":0,"track":'$lane',"kind":{"opened":{"noun":"task","number":1,"os_id":null}}}}'
done
