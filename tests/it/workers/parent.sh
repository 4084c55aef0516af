#!/bin/sh
# Has started a process that holds its output open.
sleep 1000 &
echo 'hello, world'
wait
