#!/bin/sh
# Says something that never ends.
while printf '%4096s' ' '; do :; done
