/** The scripts that a channel's bash runs, but for those that end something. All of it is bash 4.2. */

import { bash } from './bash-text.ts'
import { hostFiles } from './host-files.ts'
import { askLoginEnd, leaveSession } from './login-end.ts'
import { shellQuote } from './shell-quote.ts'

/** Takes the given environment in place of the channel's. */
const useEnvironment = bash`
for __rb_v in $(compgen -e); do unset "$__rb_v"; done 2>/dev/null
for __rb_v in "\${RB_E[@]}"; do
  case $__rb_v in
  (BASH_FUNC_[a-zA-Z_]*)
    __rb_f=\${__rb_v#BASH_FUNC_}
    __rb_f=\${__rb_f%%[!a-zA-Z0-9_]*}
    eval "$__rb_f \${__rb_v#*=}" && export -f "$__rb_f" ;;
  (*) export "$__rb_v" ;;
  esac
done 2>/dev/null
`

/**
 * Facts, how a shell outlives this login, then the umask and the environment of a login shell,
 * NUL-ended. The login shell is asked for ten seconds, its answer stands between two nonces, and
 * nothing else of it matters.
 */
export const factsBody =
  bash`
cd "$HOME" 2>/dev/null
# The nonce is no argument, for every user of the host can read those.
RB_Q="builtin printf '\\0%s\\0' \"\$RUNBOOK_NONCE\"; builtin umask; builtin printf '\\0'; command -p env -0"
# Bash 4.2 gives what is found by \`command -p\` another PATH.
RB_Q="$RB_Q; builtin printf 'PATH=%s\\0%s\\0' \"\$PATH\" \"\$RUNBOOK_NONCE\""
# It takes longest: the rest is found out meanwhile.
exec 3< <(RUNBOOK_NONCE=$RB_N exec setsid bash -lc "$RB_Q" </dev/null 2>/dev/null)
p=$! ok=
f=/etc/os-release
[ -r "$f" ] || f=/usr/lib/os-release
show() { local x; IFS= read -r -d '' x 2>/dev/null <"$1"; printf %s "\${x%$'\n'}"; }
me=$(id -un)
read -r name release arch < <(uname -nrm)
printf '%s\0' "$me" "$arch" "$release" "$name" "$BASH_VERSION"
for x in /proc/sys/kernel/random/boot_id /etc/machine-id "$f"; do show "$x"; printf '\0'; done
printf '%s\0' "$PATH"
` +
  askLoginEnd +
  bash`
end=$((SECONDS + RB_SECONDS))
while [ $((end - SECONDS)) -gt 0 ] && IFS= read -r -d '' -t $((end - SECONDS)) x <&3; do
  [ "$x" = "$RB_N" ] && { ok=1; break; }
done
printf '%s\0' "$(login_end)"
if [ -n "$ok" ] && IFS= read -r -d '' -t 5 x <&3; then
  printf 'login\0%s\0' "$x"
  while IFS= read -r -d '' -t 5 x <&3 && [ "$x" != "$RB_N" ]; do
    [ -n "$x" ] && printf '%s\0' "$x"
  done
else
  printf 'none\0%s\0' "$(umask)"
  env -0
fi
{ kill -KILL -- "-$p"; } 2>/dev/null
printf '\036RB:%s:e:0\036' "$RB_N" >&2
printf '\036RB:%s:e:0\036' "$RB_N"
`

/** A script in a throwaway shell. */
export const questionBody =
  useEnvironment +
  bash`
cd "\${RB_START:-$HOME}" 2>/dev/null || cd /
umask "$RB_UMASK"
export RUNBOOK_MARK="$RB_MARK"
( set -- ; unset RB_N RB_E RB_START RB_UMASK RB_MARK __rb_v __rb_f; eval "unset RB_SCRIPT; $RB_SCRIPT" ) </dev/null
s=$?
printf '\036RB:%s:e:%s\036' "$RB_N" "$s" >&2
printf '\036RB:%s:e:%s\036' "$RB_N" "$s"
`

/** A script of ours that has no need of an environment. */
export function ownBody(script: string): string {
  return (
    script +
    bash`
printf '\036RB:%s:e:0\036' "$RB_N" >&2
printf '\036RB:%s:e:0\036' "$RB_N"
`
  )
}

/** Answers why there is no shell, and ends. */
const fail = bash`
fail() {
  printf '\036RB:%s:f:%s\036' "$RB_N" "$1" >&2
  printf '\036RB:%s:f:%s\036' "$RB_N" "$1"
  exit 0
}
`

/** Whether process $1 is the supervisor of this very folder. */
const isOurs = bash`
ours() {
  local x
  [ -n "$1" ] || return
  while IFS= read -r -d '' x; do
    [ "$x" = "$D/supervise" ] && return 0
  done 2>/dev/null <"/proc/$1/cmdline"
  return 1
}
`

/**
 * Defines `safe`, which walks a path from the root: `at` becomes what is there of it, without links,
 * `rest` what is not. It fails, with `why`, where somebody else could put files of theirs there: every
 * folder and link on the way is root's or ours; where others may write, they cannot move what is not
 * theirs (the sticky bit); what is ours alone, from `runbook` on, is no link and open to nobody.
 */
const safeFolder = bash`
safe() {
  local left=\${1%/} t n=0 own=0 i=0 line looked=(/) strict=(0)
  at= rest=
  while [ -n "$left" ]; do
    left=\${left#"\${left%%[!/]*}"}
    t=\${left%%/*}
    case $left in (*/*) left=\${left#*/} ;; (*) left= ;; esac
    case $t in ('' | .) continue ;; (..) at=\${at%/*}; continue ;; esac
    # Only the names that we give count, not what a link says.
    case $t/$left in (runbook/"$RB_RUN" | runbook-"$EUID"/*) own=1 ;; esac
    if [ ! -e "$at/$t" ] && [ ! -L "$at/$t" ]; then
      rest=$t\${left:+/$left}
      break
    fi
    looked+=("$at/$t") strict+=("$own")
    if [ -L "$at/$t" ]; then
      if [ "$own" = 1 ] || [ $((++n)) -gt 40 ]; then
        why="$at/$t is a link"
        return 1
      fi
      line=$(readlink -- "$at/$t"; printf x)
      line=\${line%$'\n'x}
      case $line in (/*) at= ;; esac
      left=$line/$left
    else at=$at/$t
    fi
  done
  while read -r t n line; do
    judge "\${looked[i]}" "\${strict[i]}" "$t" "$n" "$line" || return 1
    i=$((i + 1))
  done < <(stat -c '%u %g %f' -- "\${looked[@]}" 2>/dev/null)
  if [ "$i" != "\${#looked[@]}" ]; then
    why="$1 cannot be looked at"
    return 1
  fi
}
# Path, whether it is ours alone, owner, group, mode.
judge() {
  local mode=$((16#$5))
  if [ "$3" != "$EUID" ] && { [ "$2" = 1 ] || [ "$3" != 0 ]; }; then
    why="$1 belongs to another user ($3)"
  elif [ $((mode & 0170000)) = $((0120000)) ]; then return 0
  elif [ $((mode & 0170000)) != $((0040000)) ]; then why="$1 is no folder"
  elif [ "$2" = 1 ]; then
    [ $((mode & 077)) = 0 ] && return 0
    why="$1 is open to other users (chmod 700 it if what is in it is yours)"
  elif [ $((mode & 022)) = 0 ] || [ $((mode & 01000)) != 0 ]; then return 0
  elif [ $((mode & 02)) = 0 ] && [ "$4" = "$(id -g)" ] && [ "$(id -gn)" = "$(id -un)" ]; then
    # A group of one's own.
    return 0
  else why="$1 can be written by other users"
  fi
  return 1
}
`

/**
 * How tail is to look for what is written: where the kernel tells it (not on overlay or NFS) it
 * need not look, but to see whether the shell is there still.
 */
const tailOptions = bash`
w= a=0.001 b=0.005
tail --pid="$$" -n 0 /dev/null >/dev/null 2>&1 && w=yes
case $(stat -f -c %T "$D" 2>/dev/null) in (ext2/ext3 | xfs | btrfs | tmpfs) a=0.05 b=0.05 ;; esac
`

/** Follows the outputs, and passes items on: each comes after its length, so that a cut one is dropped. */
const follow = bash`
LC_ALL=C
# The login's limit for reads is not for this one.
TMOUT=0
exec 7<>"$D/in" 8<>"$D/tty"
w=\${w:+--pid=$pid}
trap '{ kill -- "-$a" "-$b"; wait; } 2>/dev/null' EXIT
# Groups of their own, to be ended together with what they started.
set -m
{ tail $w -s $a -c "+$((o + 1))" -f "$D/out" 2>/dev/null; kill "$$"; } &
a=$!
tail $w -s $b -c "+$((e + 1))" -f "$D/err" >&2 2>/dev/null &
b=$!
set +m
# What begins with @ is for the terminal of a dialog, what begins with ! for this very bash.
while read -r -d ' ' n && IFS= read -r -N "$n" x; do
  case $x in
  (@*) printf %s "\${x#@}" >&8 ;;
  (!*) eval "\${x#!}"; break ;;
  (*) printf %s "$x" >&7 ;;
  esac
done
`

const writeFiles = Object.entries(hostFiles)
  .map(([name, text]) => `printf %s ${shellQuote(text)} >"$D/${name}" || fail "no-folder:$D"`)
  .join('\n')

/** Makes the run's folder or finds it, starts its shell where none lives, and follows it. */
export const openBody =
  useEnvironment +
  fail +
  isOurs +
  safeFolder +
  bash`
for t in setsid tail mkfifo mkdir rm rmdir tr grep stat readlink; do
  command -v "$t" >/dev/null || fail "no-tool:$t"
done
umask 077
bases=("$XDG_STATE_HOME" "$HOME/.local/state" "/var/tmp/runbook-$EUID")
D= new= why= places=() missing=()
for base in "\${bases[@]}"; do
  [[ $base == /* ]] && safe "$base/runbook/$RB_RUN" || continue
  if [ -z "$rest" ]; then
    D=$at
    break
  fi
  places+=("$at") missing+=("$rest")
done
if [ -z "$D" ]; then
  for i in "\${!places[@]}"; do
    made= p=\${places[i]} rest=\${missing[i]}
    while [ -n "$rest" ]; do
      p=$p/\${rest%%/*}
      # It fails where somebody else was quicker.
      mkdir -m 700 "$p" 2>/dev/null || continue 2
      case $rest in (*/*) rest=\${rest#*/} made=$made$p$'\n' ;; (*) rest= ;; esac
    done
    D=$p
    [ -n "$made" ] && printf %s "$made" >"\${D%/*}/.made"
    new=yes
    break
  done
  [ -z "$D" ] && [ -n "$why" ] && fail "unsafe:$why"
  [ -n "$D" ] || fail "no-folder:\${bases[1]}"
  printf 'umask %s\ncd -- %q\nunset OLDPWD\nshopt -s expand_aliases\n' "$RB_UMASK" "\${RB_START:-$HOME}" >"$D/state.0"
  printf '0\n' >"$D/saved"
  : >"$D/seq"
fi
pid= n=0 s=0 o=0 e=0 found=1 boot=0 begun=
read -r pid <"$D/pid"
while read -r x y z; do
  n=$x
  [ -n "$RB_AT" ] && [ "$n" -ge "\${RB_AT%%:*}" ] && [ "$z" != q ] && begun=$begun$n=$z,
done <"$D/seq"
while read -r x; do s=$x; done <"$D/saved"
while read -r x; do [ "$x" = "$n" ] && s=$x; done 2>/dev/null <"$D/answered"
if ours "$pid"; then
@tail-options@
  if [ -n "$RB_AT" ]; then
    # What has begun since the client was there is read from before it.
    x=\${RB_AT#*:} o=\${x%%:*} e=\${x#*:}
  else
    [ "$n" = "$s" ] || fail "busy:$n"
    o=$(($(wc -c <"$D/out"))) e=$(($(wc -c <"$D/err")))
  fi
else
  found=0 x= y=
  read -r x 2>/dev/null <"$D/boot"
  read -r y </proc/sys/kernel/random/boot_id
  [ -n "$x" ] && [ "$x" != "$y" ] && boot=1
  [ "$new" ] || rm -f "$D/in" "$D/up" "$D/tty" "$D/said" "$D/pid" "$D/stop" "$D/terminal.pid"
  mkfifo "$D/in" "$D/up" "$D/tty" "$D/said" || fail "no-folder:$D"
  # Made here, for the shell has the user's umask.
  for x in out err traps names answered terminal.nonce state.0 state.1; do : >>"$D/$x"; done
  printf '%065536d' 0 >"$D/reserve" || fail "no-folder:$D"
  : >"$D/out"
  : >"$D/err"
@files@
  printf '%s\n' "$RB_N" >"$D/nonce"
  printf '%s\n' "$y" >"$D/boot"
  exec 9<>"$D/up"
@leave-session@
  (
    cd "\${RB_START:-$HOME}" 2>/dev/null || cd /
    set -- "\${scope[@]}" setsid bash --noprofile --norc "$D/supervise"
    # Once more: what it exports may have the names of our own variables.
@use-environment@
    [ "\${BASH_ENV+x}" ] && export __rb_BE="$BASH_ENV" && unset BASH_ENV
    # With job control on, what is started in the background keeps its default signals.
    set -m
    exec 9>&-
    "$@" </dev/null >/dev/null 2>&1 &
  ) </dev/null >/dev/null 2>&1
@tail-options@
  read -r -t 20 pid <&9 || fail no-start
  exec 9>&-
  rm -f "$D/up"
fi
read -r x <"$D/nonce"
printf '\036RB:%s:ok:%s:%s:%s:%s:%s:%s:%s:%s\036' "$RB_N" "$x" "$n" "$o" "$e" "$found" "$boot" "$begun" "$D"
printf '\036RB:%s:ok\036' "$RB_N" >&2
`
    .replace('@leave-session@', () => leaveSession)
    .replace('@files@', () => writeFiles)
    .replace('@use-environment@', () => useEnvironment)
    .replaceAll('@tail-options@', () => tailOptions) +
  follow

/** Follows a shell that lives already, from where the client has read. */
export const attachBody =
  fail +
  isOurs +
  bash`
D=$RB_D o=$RB_OUT e=$RB_ERR pid= x=
[ -O "$D" ] && [ ! -L "$D" ] || fail gone
read -r x 2>/dev/null <"$D/nonce"
[ "$x" = "$RB_NONCE" ] || fail gone
read -r pid 2>/dev/null <"$D/pid"
if ! ours "$pid"; then
  x= y=
  read -r x 2>/dev/null <"$D/boot"
  read -r y </proc/sys/kernel/random/boot_id
  [ "$x" = "$y" ] || fail rebooted
  fail "ended:$RB_SCOPE"
fi
printf '\036RB:%s:ok\036' "$RB_N"
printf '\036RB:%s:ok\036' "$RB_N" >&2
` +
  tailOptions +
  follow
