# shellcheck shell=bash
# After a frame of which nothing was run: reads its last line.

\builtin read -r __rb_x
