# shellcheck shell=bash
# Aliases without a secret's value, where there are secrets.

for __rb_v in "${!BASH_ALIASES[@]}"; do
  __rb_x="$__rb_v ${BASH_ALIASES[$__rb_v]}"
  \builtin . "$__rb_D/has-secret"
  [[ -n $__rb_h ]] || \builtin alias -- "$__rb_v"
done
