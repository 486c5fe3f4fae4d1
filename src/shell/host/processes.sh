# shellcheck shell=bash
# The processes of one command, and how they are ended. A process belongs to a command if its
# environment bears the command's mark, or if it descends from one that does, or from the run's shell
# since the command began. One that is older, or bears another command's mark, is left alone with all
# below it: an earlier command's daemon.
#
# RB_D      the run's folder; empty: none
# RB_MARK   the command's mark, tag-number
# RB_LAST   the number of the last command that was sent behind it
# RB_SPARE  whether the shell is to live on; `shell-unknown`: there is none
# RB_GRACE  tenths of a second that processes have to end by themselves

# When the command began, in clock ticks of the kernel; and the shell's pid.
top= t0=0 x= y=
if [ -O "$RB_D" ] && [ ! -L "$RB_D" ]; then
  [ "$RB_SPARE" = shell-unknown ] || read -r top <"$RB_D/shell"
  while read -r x y _; do [ "$x" = "${RB_MARK##*-}" ] && t0=${y/./}; done <"$RB_D/seq"
  t0=$((10#${t0:-0}))
fi
declare -A ppid start session marked other known
found=() marks=RUNBOOK_MARK=$RB_MARK
for ((i = ${RB_MARK##*-} + 1; i <= RB_LAST; i++)); do
  marks=$marks$'\n'RUNBOOK_MARK=${RB_MARK%-*}-$i
done
# Fills `found` with the pids of the command, begun at `t0`, and of those that were sent behind it;
# `top` is the shell.
look() {
  local p line x f
  ppid=() start=() session=() marked=() other=()
  while IFS= read -r p; do p=${p#/proc/}; marked[${p%%/*}]=1; done < <(
    grep -lxzF "$marks" /proc/[0-9]*/environ 2>/dev/null)
  while IFS= read -r p; do
    p=${p#/proc/} p=${p%%/*}
    [ -n "${marked[$p]}" ] || other[$p]=1
  done < <(grep -lzF "RUNBOOK_MARK=${RB_MARK%-*}-" /proc/[0-9]*/environ 2>/dev/null)
  for p in /proc/[0-9]*; do
    { IFS= read -r line <"$p/stat"; } 2>/dev/null || continue
    p=${p#/proc/}
    read -r -a f <<<"${line##*) }"
    [ "${f[0]}" = Z ] && continue
    ppid[$p]=${f[1]} session[$p]=${f[3]} start[$p]=${f[19]}
  done
  found=()
  for p in "${!ppid[@]}"; do
    [ "$p" = "$$" ] && continue
    ours "$p" && found+=("$p")
  done
}
ours() {
  local p=$1
  [ "$p" = "$top" ] && return 1
  while :; do
    [ -n "${marked[$p]}" ] && return 0
    [ -n "${other[$p]}" ] && return 1
    [ -n "$top" ] && [ "$p" = "$top" ] && return 0
    # Whoever adopts orphans is older than any command; so is an earlier command's subshell.
    if [ -z "${start[$p]}" ] || [ "${start[$p]}" -lt "$t0" ]; then
      [ "$p" != "$1" ] && [ -n "$top" ] && [ "${session[$1]}" = "$top" ] && [ "${session[$p]}" != "$top" ]
      return
    fi
    p=${ppid[$p]}
  done
}
signal() {
  local s=$1 p
  shift
  for p; do
    kill "-$s" "$p" 2>/dev/null || { [ -d "/proc/$p" ] && sudo -n kill "-$s" "$p" 2>/dev/null; }
  done
}
# Its command line, bounded; one that was forked and runs no other program is bash.
name() {
  local a s=
  { while IFS= read -r -d '' a; do s="$s$a "; done <"/proc/$1/cmdline"; } 2>/dev/null
  s=${s% }
  s=${s//[$'\001'-$'\037'$'\177']/ }
  printf '%s\0' "${s:0:200} (pid $1)"
}
# Waits until all of them are gone, or for RB_GRACE tenths of a second; then kills what is left.
finish() {
  local i p alive
  for ((i = 0; i < RB_GRACE; i++)); do
    alive=
    look
    [ ${#found[@]} -gt 0 ] || return 0
    sleep 0.1
  done
  look
  signal KILL "${found[@]}"
  # What a dying process started in between.
  look
  signal KILL "${found[@]}"
}
