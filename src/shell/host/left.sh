# shellcheck shell=bash
# Sets `__rb_v` where something that the last command started still runs and can print into its outputs.
#
# The kernel numbers processes in order, and `__rb_P` is its file that has the last number: those from
# `__rb_L` on, which `begin` took there, were started meanwhile.

__rb_v=
[[ -n $__rb_P ]] || __rb_v=1
while [[ -z $__rb_v ]] && \builtin read -r __rb_i <"$__rb_P" && __rb_i=${__rb_i##* } && [[ $__rb_i != "$__rb_L" ]]; do
  # To look at so many takes longer than new outputs; fewer than none: the numbers have begun again.
  [[ $__rb_i -gt $__rb_L && $((__rb_i - __rb_L)) -lt 500 ]] || __rb_v=1
  while [[ -z $__rb_v && $__rb_L -lt $__rb_i ]]; do
    __rb_L=$((__rb_L + 1))
    [[ -e /proc/$__rb_L ]] || \builtin continue
    # Another user's, by sudo.
    [[ -r /proc/$__rb_L/fd ]] || __rb_v=1
    for __rb_j in 1 2 3 4 5 6 7 8 9; do
      __rb_j=/proc/$__rb_L/fd/$__rb_j
      [[ $__rb_j -ef $__rb_D/out || $__rb_j -ef $__rb_D/err ]] && __rb_v=1
    done
  done
done
