/**
 * Scripts that end what a run started: the processes of one command, a background process, the
 * shells themselves. They go over a channel of their own, next to the one that is followed.
 *
 * A process belongs to a command if its environment bears the command's mark, or if it descends
 * from one that does, or from the run's shell since the command began. One that is older, or bears
 * another command's mark, is left alone with all below it: an earlier command's daemon.
 */

import { bash } from './bash-text.ts'
import { ownBody } from './channel-scripts.ts'
import { endTerminal } from './terminal-files.ts'

/**
 * Fills `found` with the pids of the processes of command `RB_MARK`, begun at `t0`, and of those up
 * to number `RB_LAST` that were sent ahead after it; `top` is the shell.
 */
const scan = bash`
declare -A ppid start session marked other known
found=() marks=RUNBOOK_MARK=$RB_MARK
for ((i = \${RB_MARK##*-} + 1; i <= RB_LAST; i++)); do
  marks=$marks$'\n'RUNBOOK_MARK=\${RB_MARK%-*}-$i
done
look() {
  local p line x f
  ppid=() start=() session=() marked=() other=()
  while IFS= read -r p; do p=\${p#/proc/}; marked[\${p%%/*}]=1; done < <(
    grep -lxzF "$marks" /proc/[0-9]*/environ 2>/dev/null)
  while IFS= read -r p; do
    p=\${p#/proc/} p=\${p%%/*}
    [ -n "\${marked[$p]}" ] || other[$p]=1
  done < <(grep -lzF "RUNBOOK_MARK=\${RB_MARK%-*}-" /proc/[0-9]*/environ 2>/dev/null)
  for p in /proc/[0-9]*; do
    { IFS= read -r line <"$p/stat"; } 2>/dev/null || continue
    p=\${p#/proc/}
    read -r -a f <<<"\${line##*) }"
    [ "\${f[0]}" = Z ] && continue
    ppid[$p]=\${f[1]} session[$p]=\${f[3]} start[$p]=\${f[19]}
  done
  found=()
  for p in "\${!ppid[@]}"; do
    [ "$p" = "$$" ] && continue
    ours "$p" && found+=("$p")
  done
}
ours() {
  local p=$1
  [ "$p" = "$top" ] && return 1
  while :; do
    [ -n "\${marked[$p]}" ] && return 0
    [ -n "\${other[$p]}" ] && return 1
    [ -n "$top" ] && [ "$p" = "$top" ] && return 0
    # Whoever adopts orphans is older than any command; so is an earlier command's subshell.
    if [ -z "\${start[$p]}" ] || [ "\${start[$p]}" -lt "$t0" ]; then
      [ "$p" != "$1" ] && [ -n "$top" ] && [ "\${session[$1]}" = "$top" ] && [ "\${session[$p]}" != "$top" ]
      return
    fi
    p=\${ppid[$p]}
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
  s=\${s% }
  s=\${s//[$'\001'-$'\037'$'\177']/ }
  printf '%s\0' "\${s:0:200} (pid $1)"
}
# Waits until all of them are gone, or for RB_GRACE tenths of a second; then kills what is left.
finish() {
  local i p alive
  for ((i = 0; i < RB_GRACE; i++)); do
    alive=
    look
    [ \${#found[@]} -gt 0 ] || return 0
    sleep 0.1
  done
  look
  signal KILL "\${found[@]}"
  # What a dying process started in between.
  look
  signal KILL "\${found[@]}"
}
`

/** When the command began, in clock ticks of the kernel; and the shell's pid. */
const locate = bash`
top= t0=0 x= y=
if [ -O "$RB_D" ] && [ ! -L "$RB_D" ]; then
  [ "$RB_SPARE" = shell-unknown ] || read -r top <"$RB_D/shell"
  while read -r x y _; do [ "$x" = "\${RB_MARK##*-}" ] && t0=\${y/./}; done <"$RB_D/seq"
  t0=$((10#\${t0:-0}))
fi
`

/**
 * Ends a command: the shell and all its processes are stopped first, so that none of them goes on
 * with what comes next when another one ends.
 */
export const endCommandBody = ownBody(
  locate +
    scan +
    bash`
[ -z "$RB_SPARE" ] && [ -n "$top" ] && kill -STOP "$top" 2>/dev/null
for ((round = 0; round < 50; round++)); do
  look
  new=()
  for p in "\${found[@]}"; do
    [ -n "\${known[$p]}" ] || { known[$p]=1; new+=("$p"); name "$p"; }
  done
  [ \${#new[@]} -gt 0 ] || break
  signal STOP "\${new[@]}"
done
signal TERM "\${!known[@]}"
[ -z "$RB_SPARE" ] && [ -n "$top" ] && kill -KILL "$top" 2>/dev/null
signal CONT "\${!known[@]}"
finish
`,
)

/** Ends a background process by a signal of the page's choice. */
export const endBackgroundBody = ownBody(
  locate +
    scan +
    bash`
# The subshell that waits for it stays, and writes down how it ended.
top=$RB_PID
look
signal "$RB_SIGNAL" "\${found[@]}"
finish
`,
)

/** How a background process is doing: `running` or its status, then what it printed. */
export const backgroundBody = ownBody(bash`
f=$RB_D/background.$RB_NUMBER
x=
read -r x 2>/dev/null <"$f.status"
if [ -n "$x" ]; then printf '%s\n' "$x"
elif kill -0 "$RB_PID" 2>/dev/null; then printf 'running\n'
else printf 'gone\n'; fi
tail -c "$RB_BYTES" "$f" 2>/dev/null
`)

/** Ends the shells of a run's folder, and removes it unless it is to be kept. */
export const closeBody = bash`
D=$RB_D
# Where it was removed, somebody else may have put one in its place.
[ -O "$D" ] && [ ! -L "$D" ] || exit 0
: >"$D/stop"
read -r pid 2>/dev/null <"$D/pid"
read -r top 2>/dev/null <"$D/shell"
# Only what is ours: a number may have been given to another process.
ours() {
  local f x
  for f in cmdline environ; do
    while IFS= read -r -d '' x; do
      case $x in (*"$D/"*) return 0 ;; esac
    done 2>/dev/null <"/proc/$1/$f"
  done
  return 1
}
# What the last command left is saved after its end was told; one that was killed never is.
[ -n "$RB_KEEP" ] && for ((i = 0; i < 100; i++)); do
  n=0 s=0
  while read -r x _ y; do [ "$y" = q ] || n=$x; done 2>/dev/null <"$D/seq"
  while read -r x; do s=$x; done 2>/dev/null <"$D/saved"
  [ "$n" = "$s" ] && break
  sleep 0.02
done
for p in $pid $top; do ours "$p" && kill -KILL "$p" 2>/dev/null; done
@end-terminal@
if [ -n "$RB_KEEP" ]; then
  rm -f "$D"/{in,reserve,out,err,tty,said,pid,shell,stop,nonce,traps,names,answered,terminal.nonce,hang-up} "$D"/background.*
else
  R=\${D%/*}
  rm -rf "$D"
  # Folders that we made on the way, once nobody's run is in them.
  made=()
  while read -r x; do made+=("$x"); done 2>/dev/null <"$R/.made"
  shopt -s nullglob dotglob
  rest=("$R"/*)
  if [ "\${rest[*]:-$R/.made}" = "$R/.made" ]; then
    rm -f "$R/.made"
    rmdir "$R" 2>/dev/null
    for ((i = \${#made[@]} - 1; i >= 0; i--)); do rmdir "\${made[i]}" 2>/dev/null; done
  fi
fi
`.replace('@end-terminal@', endTerminal)
