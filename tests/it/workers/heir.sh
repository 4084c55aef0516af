#!/bin/sh
# Ends, and leaves its output to a process of its group.
sleep 30 &
exit 3
