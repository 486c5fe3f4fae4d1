# shellcheck shell=bash
# Gives the command the options, traps, $? and $_ that the last one left.

[[ -s $__rb_D/traps ]] && \builtin . "$__rb_D/traps"
case $__rb_o in
(*v*) if [[ $__rb_m == merged ]]; then \builtin printf '%s\n' "$__rb_t" >>"$__rb_D/out"
  else \builtin printf '%s\n' "$__rb_t" >>"$__rb_D/err"; fi ;;
esac
[[ -n $__rb_o ]] && \builtin set "-$__rb_o"
\builtin return "$__rb_r"
