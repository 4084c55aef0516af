#!/bin/sh
# Reports a step that the demo does not have.
echo '{"event":{"at":0,"kind":{"begun":{"state":"running","step":"format_disk"}}}}'
exec sleep 1000
