# shellcheck shell=bash
# Ends a script that has nothing to say but what it printed.

rb_done 0
