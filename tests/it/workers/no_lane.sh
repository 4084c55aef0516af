#!/bin/sh
# Tells of a thread whose lane it has not opened.
echo '{"event":{"at":0,"track":7,"kind":{"progress":{"done":1,"total":2}}}}'
exec sleep 1000
