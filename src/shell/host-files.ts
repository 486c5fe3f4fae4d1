/**
 * The files that lie in a run's folder on the host and make one bash live through it.
 *
 *     supervise   starts the bash and starts it again when it ended; says how it ended
 *     init        what a new bash reads first: the saved state
 *     begin       claims a command's number, so that a number runs once at most, and refuses what was
 *                 sent ahead of a command that did not end as it should
 *     arm         gives the command the options, traps, `$?` and `$_` that the last one left
 *     end         says the status, then saves the state
 *     save        writes the state as commands that make it again
 *
 * Bash reads its script from the FIFO `in`, which nobody ever closes. Output goes to `out` and
 * `err`, opened anew for each command, so that nothing a command does to its descriptors lasts.
 * Only builtins are used, each by `\builtin`: a page may unset PATH and define functions and
 * aliases of any name. No braces of ours open a function, for `declare -f` shows them to a page.
 * Variables named `__rb_…` are ours. All of it is bash 4.2.
 */

import { bash } from './bash-text.ts'
import { endTerminal, terminalFiles } from './terminal-files.ts'

const supervise = bash`
# Runs the shell of one runbook run; it reads commands from the FIFO beside this file. What it
# exports is the shell's, so that no variable of its own may have a name that is free for others.
__rb_D=\${0%/*}
exec 3<>"$__rb_D/in" </dev/null >/dev/null 2>&1
read -r __rb_N <"$__rb_D/nonce"
printf '%s\n' "$$" >"$__rb_D/pid"
printf '%s\n' "$$" >"$__rb_D/up"
__rb_r=0 __rb_last= __rb_quick=0 __rb_again=
while :; do
  # A session of its own: a command that signals its process group does not reach this loop.
  BASH_ENV=$__rb_D/init __rb_R=$__rb_r __rb_W=$__rb_again \
    setsid bash --noprofile --norc <&3 3<&- >>"$__rb_D/out" 2>&1
  __rb_r=$?
  [ -e "$__rb_D/stop" ] && exit 0
  ( D=$__rb_D; @end-terminal@ )
  __rb_again=1 __rb_n=0 __rb_id=
  while read -r __rb_x __rb_y __rb_z; do __rb_n=$__rb_x __rb_id=$__rb_z; done <"$__rb_D/seq"
  # A shell that cannot start would do so for ever.
  if [ "$__rb_n" = "$__rb_last" ]; then __rb_quick=$((__rb_quick + 1))
  else __rb_quick=0 __rb_last=$__rb_n
  fi
  __rb_kind=x
  [ "$__rb_quick" -gt 20 ] && __rb_kind=g
  __rb_full=
  for __rb_x in err out; do
    printf '\036RB:%s:%s:%s:%s:%s:%s\036' "$__rb_N" "$__rb_kind" "$__rb_n" "$__rb_id" \
      "$__rb_r" "$__rb_full" >>"$__rb_D/$__rb_x" || {
      : >"$__rb_D/reserve"
      __rb_full=d
      printf '\036\036RB:%s:%s:%s:%s:%s:d\036' "$__rb_N" "$__rb_kind" "$__rb_n" "$__rb_id" \
        "$__rb_r" >>"$__rb_D/$__rb_x"
    }
  done
  [ "$__rb_kind" = g ] && exit 1
done
`.replace('@end-terminal@', endTerminal)

const init = bash`
__rb_D=\${BASH_ENV%/*}
\builtin unset BASH_ENV
[[ -n \${__rb_BE+x} ]] && { \builtin export BASH_ENV="$__rb_BE"; \builtin unset __rb_BE; }
\builtin printf '%s\n' "$$" >|"$__rb_D/shell"
# What was meant for the shell before is not for this one: the client says where it begins anew.
if [[ -n $__rb_W ]]; then
  \builtin read -r __rb_y <"$__rb_D/nonce"
  while IFS= TMOUT=0 \builtin read -r __rb_x && [[ $__rb_x != ": $__rb_y" ]]; do :; done
fi
# The state begins by unsetting what is in the environment.
__rb_z=$__rb_R __rb_x=0
while \builtin read -r __rb_y; do __rb_x=$__rb_y; done <"$__rb_D/saved"
\builtin . "$__rb_D/state.$((__rb_x & 1))" >/dev/null 2>&1
__rb_last=0 __rb_r=$__rb_z __rb_u= __rb_q= __rb_good= __rb_size=
while \builtin read -r __rb_x __rb_y; do __rb_last=$__rb_x; done <"$__rb_D/seq"
# Bash 4.2 writes some control characters wrongly, and misreads keys; then the state is saved slowly.
__rb_t=$'\001\177 \n\'"' __rb_y=$__rb_t
__rb_x=$(\builtin declare -p __rb_t)
__rb_t=
\builtin eval "$__rb_x"
[[ $__rb_t == "$__rb_y" ]] && __rb_q=1
\builtin unset __rb_t __rb_x __rb_y __rb_z __rb_R __rb_W
SHLVL=1
`

const begin = bash`
[[ $__rb_n -gt $__rb_last ]] || \builtin return 1
if [[ -n $__rb_g ]]; then
  [[ $__rb_g == "$__rb_good" ]] || \builtin return 1
  # It waits for a client that has so much to read: until then nothing of that can go from the disk.
  [[ $((__rb_size - __rb_l)) -lt @unread@ ]] || {
    \builtin printf '\036RB:%s:r:%s:%s::\036' "$__rb_N" "$__rb_n" "$__rb_b" >>"$__rb_D/out"
    \builtin return 1
  }
fi
# What was read of earlier commands need not stay on the disk.
[[ -n $__rb_a ]] && for __rb_x in out err; do
  \builtin command -p fallocate -p -o 0 -l "\${__rb_a%% *}" "$__rb_D/$__rb_x" >/dev/null 2>&1
  __rb_a=\${__rb_a#* }
done
# Room for what we say ourselves; a command that begins on a full disk would not end.
__rb_h=
[[ -s $__rb_D/reserve ]] || \builtin printf '%065536d' 0 >|"$__rb_D/reserve" || {
  >|"$__rb_D/reserve"
  __rb_h=f __rb_t=:
} 2>/dev/null
# When it began, on the clock by which the kernel dates processes.
\builtin read -r __rb_x </proc/uptime
\builtin printf '%s %s %s\n' "$__rb_n" "\${__rb_x%% *}" "$__rb_b" >>"$__rb_D/seq" || \builtin return 1
__rb_last=$__rb_n __rb_k= __rb_f=$__rb_o __rb_p= __rb_j='&&'
[[ $__rb_r == 0 ]] || __rb_j='||'
if [[ -n $__rb_d ]]; then
  case $__rb_d in
  ('~' | '~/'*) __rb_d=$HOME\${__rb_d#'~'} ;;
  esac
  __rb_p=$PWD __rb_y=$OLDPWD
  # Where there is no such folder, the command is to fail with what cd says.
  if ! CDPATH= \builtin cd -- "$__rb_d" >/dev/null 2>&1; then
    \builtin printf -v __rb_x %q "$__rb_d"
    __rb_t="\\builtin cd -- $__rb_x" __rb_p=
  fi
fi
# The command is a group, so that bash has read all of it before any of it runs; arm goes before it in
# a list, because there its status is not a failure. What the next command needs of this one is kept
# within the eval, before a trap of the page can see more of ours.
__rb_e="\\builtin . \"\$__rb_D/arm\" \"\$__rb_u\" >/dev/null 2>&1 $__rb_j { $__rb_t"$'\n'"}; "
# All on the line on which the group ends: bash reads it before the command can change how it reads.
__rb_e=$__rb_e"{ __rb_k=\$? __rb_u=\$_ __rb_f=\$-; \\builtin set +aefkuvxCET; "
__rb_e=$__rb_e"\\builtin trap -p DEBUG RETURN ERR >|\"\$__rb_D/traps\"; "
__rb_e=$__rb_e"\\builtin trap - DEBUG RETURN ERR; } >/dev/null 2>&1"
`.replace('@unread@', String(8 * 1024 * 1024))

const arm = bash`
[[ -s $__rb_D/traps ]] && \builtin . "$__rb_D/traps"
case $__rb_o in
(*v*) if [[ $__rb_m == merged ]]; then \builtin printf '%s\n' "$__rb_t" >>"$__rb_D/out"
  else \builtin printf '%s\n' "$__rb_t" >>"$__rb_D/err"; fi ;;
esac
[[ -n $__rb_o ]] && \builtin set "-$__rb_o"
\builtin return "$__rb_r"
`

const end = bash`
\builtin read -r __rb_x
__rb_r=$__rb_k __rb_x=
# Nothing ran that set it: bash could not read the command.
[[ -n $__rb_k ]] || __rb_r=2 __rb_x=p
[[ -n $__rb_h ]] && __rb_r=127 __rb_x=$__rb_h
__rb_o=
for __rb_k in a e f k u v x C E T; do
  case $__rb_f in (*"$__rb_k"*) __rb_o=$__rb_o$__rb_k ;; esac
done
[[ -n $__rb_p ]] && { CDPATH= \builtin cd -- "$__rb_p" >/dev/null 2>&1; OLDPWD=$__rb_y; }
for __rb_k in err out; do
  [[ $__rb_m$__rb_k == mergederr ]] && \builtin continue
  {
    \builtin printf '\036RB:%s:e:%s:%s:%s:%s\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_r" "$__rb_x" &&
      \builtin read -r __rb_size </proc/self/fdinfo/1
  } >>"$__rb_D/$__rb_k" || {
    # The disk is full; the first character ends what could be written of the marker.
    >|"$__rb_D/reserve"
    __rb_x=d
    \builtin printf '\036\036RB:%s:e:%s:%s:%s:d\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_r" >>"$__rb_D/$__rb_k"
  }
done
__rb_size=\${__rb_size##*[!0-9]} __rb_good=
[[ -n $__rb_x ]] || case " $__rb_w " in (' any ' | *" $__rb_r "*) __rb_good=$__rb_n ;; esac
\builtin unset __rb_t __rb_e __rb_i __rb_d __rb_p __rb_f __rb_j __rb_k __rb_h __rb_a __rb_b __rb_g __rb_l __rb_w
\builtin . "$__rb_D/save"
`

/** After a question, which changes nothing and so saves nothing. */
const endQuestion = bash`
\builtin read -r __rb_x
\builtin printf '%s\n' "$__rb_n" >>"$__rb_D/answered"
[[ -n $__rb_p ]] && { CDPATH= \builtin cd -- "$__rb_p" >/dev/null 2>&1; OLDPWD=$__rb_y; }
\builtin printf '\036RB:%s:e:%s:%s:%s:\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_k" >>"$__rb_D/err"
\builtin printf '\036RB:%s:e:%s:%s:%s:\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_k" >>"$__rb_D/out"
\builtin unset __rb_t __rb_d __rb_p __rb_j __rb_k __rb_b __rb_g __rb_l __rb_w
`

/**
 * Two files in turn, so that a shell that dies while it writes leaves the older one whole. They are
 * written over, not anew: some file systems write one that was emptied to disk at once. What was
 * there before is emptied where it may hold what has become a secret since.
 */
const save = bash`
[[ -z $__rb_s ]] || >|"$__rb_D/state.$((__rb_n & 1))"
{
  # What the command unset is not to come back from the supervisor's environment.
  \builtin printf '%s\n' 'for __rb_v in $(compgen -e); do unset "$__rb_v"; done'
  \builtin umask -p
  \builtin printf 'cd -- %q\n' "$PWD"
  # One line for each kind: bash writes line by line, and this is written after every command.
  \builtin printf 'for __rb_v in $(compgen -A setopt); do case :%s: in (*:"$__rb_v":*) set -o "$__rb_v" ;; (*) set +o "$__rb_v" ;; esac; done\n' "$SHELLOPTS"
  \builtin printf 'for __rb_v in $(compgen -A shopt); do shopt -u "$__rb_v"; done; shopt -s %s\n' "\${BASHOPTS//:/ }"
  # The list of names makes the functions' attributes again.
  \builtin declare -f
  \builtin declare -F
  if [[ -n $__rb_q && -z $__rb_s ]]; then \builtin declare -p
  else \builtin . "$__rb_D/save-slowly"; fi
  \builtin printf 'set --'
  [[ $# -gt 0 ]] && \builtin printf ' %q' "$@"
  \builtin printf '\n__rb_o=%q\n' "$__rb_o"
  # Last, for they would change the lines above.
  \builtin alias -p
  \builtin printf '\\builtin return\n'
} 1<>"$__rb_D/state.$((__rb_n & 1))" 2>/dev/null && \builtin printf '%s\n' "$__rb_n" >>"$__rb_D/saved"
\builtin unset __rb_x __rb_y __rb_v
`

const everyName = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_')
  .map((letter) => `"\${!${letter}@}"`)
  .join(' ')

/**
 * One variable at a time: where `declare -p` cannot be trusted, and where there are secrets, which
 * are left out by name, and with them whatever has a secret's value in it.
 */
const saveSlowly = bash`
__rb_l=()
for __rb_v in @names@; do
  case $__rb_v in
  (BASH | BASHPID | BASHOPTS | BASH_[AVCLRSX]* | EUID | UID | PPID | SHELLOPTS | DIRSTACK) continue ;;
  (FUNCNAME | GROUPS | LINENO | PIPESTATUS | RANDOM | SRANDOM | SECONDS | EPOCH* | HISTCMD) continue ;;
  (_ | __rb_*) continue ;;
  esac
  case " $__rb_s " in (*" $__rb_v "*) continue ;; esac
  \builtin eval '__rb_x="\${'"$__rb_v"'[*]}"'
  for __rb_y in \${__rb_s// /$'\n'}; do
    [[ -n \${!__rb_y} && $__rb_x == *"\${!__rb_y}"* ]] && continue 2
  done
  __rb_l+=("$__rb_v")
done
for __rb_v in "\${__rb_l[@]}"; do
  \builtin declare -p "$__rb_v"
  \builtin printf '\0'
done >|"$__rb_D/names"
__rb_i=0
while IFS= \builtin read -r -d '' __rb_x; do
  __rb_v=\${__rb_l[__rb_i++]}
  __rb_x=\${__rb_x#declare -}
  __rb_x=\${__rb_x%%' '*}
  case $__rb_x in
  (*n*)
    # Of a reference, its target's name.
    \builtin eval '__rb_y=\${!'"$__rb_v"'}'
    \builtin printf 'declare -%s %s=%q\n' "$__rb_x" "$__rb_v" "$__rb_y" ;;
  (*[aA]*)
    # One by one: bash 4.2 misreads some keys of maps within one list.
    \builtin eval '__rb_k=("\${!'"$__rb_v"'[@]}") __rb_w=("\${'"$__rb_v"'[@]}")'
    \builtin printf 'declare -%s %s=()\n' "\${__rb_x//r}" "$__rb_v"
    for __rb_y in "\${!__rb_k[@]}"; do
      \builtin printf '%s[%q]=%q\n' "$__rb_v" "\${__rb_k[__rb_y]}" "\${__rb_w[__rb_y]}"
    done
    \builtin printf 'declare -%s %s\n' "$__rb_x" "$__rb_v" ;;
  (*) \builtin printf 'declare -%s %s=%q\n' "$__rb_x" "$__rb_v" "\${!__rb_v}" ;;
  esac
done <"$__rb_D/names"
>|"$__rb_D/names"
\builtin unset __rb_l __rb_i __rb_k __rb_w
`.replace('@names@', everyName)

/** By name, as they lie in the run's folder. */
export const hostFiles: Readonly<Record<string, string>> = {
  supervise,
  init,
  begin,
  arm,
  end,
  'end-question': endQuestion,
  save,
  'save-slowly': saveSlowly,
  ...terminalFiles,
}
