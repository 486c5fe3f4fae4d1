# shellcheck shell=bash
# Writes the state as commands that make it again.
#
# Two files in turn, so that a shell that dies while it writes leaves the older one whole. They are
# written over, not anew: some file systems write one that was emptied to disk at once. What was there
# before is emptied where it may hold what has become a secret since. What holds a secret's value is
# left out, whatever it is.

[[ -z $__rb_s ]] || >|"$__rb_D/state.$((__rb_n & 1))"
{
  # What the command unset is not to come back from the supervisor's environment.
  \builtin printf '%s\n' 'for __rb_v in $(compgen -e); do unset "$__rb_v"; done'
  \builtin umask -p
  # `__rb_G` is the folder in which the shell should be and cannot be.
  [[ -n $__rb_G ]] || \builtin unset __rb_G
  __rb_x=${__rb_G:-$PWD} __rb_h=
  [[ -z $__rb_s ]] || \builtin . "$__rb_D/has-secret"
  if [[ -n $__rb_h ]]; then \builtin printf "__rb_G='***'\\n"
  else \builtin printf 'cd -- %q || __rb_G=%q\n' "$__rb_x" "$__rb_x"; fi
  # One line for each kind: bash writes line by line, and this is written after every command.
  \builtin printf 'for __rb_v in $(compgen -A setopt); do case :%s: in (*:"$__rb_v":*) set -o "$__rb_v" ;; (*) set +o "$__rb_v" ;; esac; done; for __rb_v in $(compgen -A shopt); do shopt -u "$__rb_v"; done; shopt -s %s\n' "$SHELLOPTS" "${BASHOPTS//:/ }"
  \builtin unset __rb_x __rb_h
  # The list of names makes the functions' attributes again.
  if [[ -z $__rb_s ]]; then
    \builtin declare -f
    \builtin declare -F
  else \builtin . "$__rb_D/save-functions"; fi
  if [[ -n $__rb_q && -z $__rb_s ]]; then \builtin declare -p
  else \builtin . "$__rb_D/save-slowly"; fi
  __rb_x=$* __rb_h=
  [[ -z $__rb_s ]] || \builtin . "$__rb_D/has-secret"
  [[ $# -gt 0 && -z $__rb_h ]] && \builtin printf 'set --' && \builtin printf ' %q' "$@" && \builtin printf '\n'
  \builtin printf '__rb_o=%q\n' "$__rb_o"
  # Last, for they would change the lines above.
  if [[ -z $__rb_s ]]; then \builtin alias -p
  else \builtin . "$__rb_D/save-aliases"; fi
  \builtin printf '\\builtin return\n'
} 1<>"$__rb_D/state.$((__rb_n & 1))" 2>/dev/null && \builtin printf '%s\n' "$__rb_n" >>"$__rb_D/saved"
\builtin unset __rb_x __rb_y __rb_v __rb_h __rb_j
