# shellcheck shell=bash
# Follows a shell that lives already, from where the client has read.
#
# RB_D             the run's folder
# RB_NONCE         the shell's nonce, which tells that it is the same one
# RB_OUT, RB_ERR   bytes of its outputs that the client has
# RB_ANEW          the number at which new outputs were to begin; empty: none was
# RB_SCOPE         whether the shell needs a scope of its own to outlive the login

D=$RB_D o=$RB_OUT e=$RB_ERR pid= x=
if [ ! -O "$D" ] || [ -L "$D" ]; then rb_fail gone; fi
read -r x 2>/dev/null <"$D/nonce"
[ "$x" = "$RB_NONCE" ] || rb_fail gone
read -r pid 2>/dev/null <"$D/pid"
if ! rb_is_ours "$pid"; then
  x= y=
  read -r x 2>/dev/null <"$D/boot"
  read -r y </proc/sys/kernel/random/boot_id
  [ "$x" = "$y" ] || rb_fail rebooted
  rb_fail "ended:$RB_SCOPE"
fi
printf '\036RB:%s:ok\036' "$RB_N"
printf '\036RB:%s:ok\036' "$RB_N" >&2
look_for_tail
[ -n "$RB_ANEW" ] && rb_anew "$RB_ANEW"
rb_follow
