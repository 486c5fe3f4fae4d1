# shellcheck shell=bash
# Ends a command, and prints what it ended, each by NUL: the shell and all its processes are stopped
# first, so that none of them goes on with what comes next when another one ends. After processes.sh.

[ -z "$RB_SPARE" ] && [ -n "$top" ] && kill -STOP "$top" 2>/dev/null
for ((round = 0; round < 50; round++)); do
  look
  new=()
  for p in "${found[@]}"; do
    [ -n "${known[$p]}" ] || { known[$p]=1; new+=("$p"); name "$p"; }
  done
  [ ${#new[@]} -gt 0 ] || break
  signal STOP "${new[@]}"
done
signal TERM "${!known[@]}"
[ -z "$RB_SPARE" ] && [ -n "$top" ] && kill -KILL "$top" 2>/dev/null
signal CONT "${!known[@]}"
finish
