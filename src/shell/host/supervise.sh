# shellcheck shell=bash
# Starts the bash of a run and starts it again when it ended; says how it ended. Its only argument is
# its own path, in the run's folder.

# Runs the shell of one runbook run; it reads commands from the FIFO beside this file. What it
# exports is the shell's, so that no variable of its own may have a name that is free for others.
__rb_D=${0%/*}
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
  ( D=$__rb_D; . "$D/end-terminal" )
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
