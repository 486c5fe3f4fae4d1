# shellcheck shell=bash
# Takes the environment of a login in place of the channel's.
#
# RB_E  NAME=value, with bash's exported functions as bash passes them on

rb_environment() {
  for __rb_v in $(compgen -e); do unset "$__rb_v"; done 2>/dev/null
  for __rb_v in "${RB_E[@]}"; do
    case $__rb_v in
    (BASH_FUNC_[a-zA-Z_]*)
      __rb_f=${__rb_v#BASH_FUNC_}
      __rb_f=${__rb_f%%[!a-zA-Z0-9_]*}
      eval "$__rb_f ${__rb_v#*=}" && export -f "$__rb_f" ;;
    (*) export "$__rb_v" ;;
    esac
  done 2>/dev/null
}
