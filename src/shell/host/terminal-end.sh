# shellcheck shell=bash
# Ends the terminal's program once everything that was printed has been read. The hang-up that its end
# means for a session is not for the page.

if [[ $__rb_w != /dev/null ]]; then
  \builtin trap -p HUP >|"$__rb_D/hang-up"
  \builtin trap '' HUP
  {
    \builtin printf 'q\n' 1<>"$__rb_D/tty"
    while IFS= \builtin read -r -t 10 __rb_x && [[ $__rb_x != "$__rb_z":closed ]]; do :; done
  } <>"$__rb_D/said"
  # Where it did not say so, the hang-up is still to come.
  [[ $__rb_x == "$__rb_z":closed ]] && {
    \builtin trap - HUP
    [[ -s $__rb_D/hang-up ]] && \builtin . "$__rb_D/hang-up"
  }
fi
\builtin unset __rb_w __rb_z
\builtin . "$__rb_D/end"
