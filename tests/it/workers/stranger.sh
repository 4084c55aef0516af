#!/bin/sh
# Ends, and leaves its output to a process that has left its group.
setsid sleep 15 &
exit 3
