#!/bin/sh
# Says something that is not in the protocol.
echo 'hello, world'
exec sleep 1000
