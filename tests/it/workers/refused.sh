#!/bin/sh
# The system refuses it something.
echo '{"failed":{"error":{"system":{"what":"fewer_cores","reason":"no"}}}}'
exec sleep 1000
