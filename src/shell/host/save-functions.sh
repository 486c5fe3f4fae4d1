# shellcheck shell=bash
# Functions without a secret's value, where there are secrets.

while IFS= \builtin read -r __rb_v; do
  __rb_x=$(\builtin declare -f "${__rb_v##* }")
  \builtin . "$__rb_D/has-secret"
  [[ -n $__rb_h ]] || \builtin printf '%s\n%s\n' "$__rb_x" "$__rb_v"
done < <(\builtin declare -F)
