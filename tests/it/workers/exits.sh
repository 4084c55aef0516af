#!/bin/sh
# Ends before it has done anything.
exit 3
