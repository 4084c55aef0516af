#!/bin/sh
# Says something that is not even text.
printf '\377\376\n'
exec sleep 1000
