#!/bin/sh
# Is of another version.
echo '{"ready":{"version":1000000}}'
exec sleep 1000
