#!/bin/sh
# Opens the same lane twice.
for _ in 1 2; do
    echo '{"event":{"at":0,"track":7,"kind":{"opened":{"noun":"task","number":1,"os_id":null}}}}'
done
exec sleep 1000
