# shellcheck shell=bash
# Sets `__rb_h` where the text in `__rb_x` holds the value of a secret. The names of secrets are split
# by hand: a page may have set IFS.

__rb_h= __rb_j="$__rb_s "
while [[ -n $__rb_j ]]; do
  __rb_y=${__rb_j%% *} __rb_j=${__rb_j#* }
  [[ -n $__rb_y && -n ${!__rb_y} && $__rb_x == *"${!__rb_y}"* ]] && __rb_h=1
done
