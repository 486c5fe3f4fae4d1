# shellcheck shell=bash
# How a script on a channel answers: markers on both outputs, `RS RB:nonce:kind:field… RS`.
#
# RB_N  the channel's nonce

# It runs: what was printed before is a login shell's.
rb_begun() {
  printf '\036RB:%s:b\036' "$RB_N"
  printf '\036RB:%s:b\036' "$RB_N" >&2
}
# It is over, with status $1.
rb_done() {
  printf '\036RB:%s:e:%s\036' "$RB_N" "$1" >&2
  printf '\036RB:%s:e:%s\036' "$RB_N" "$1"
}
# There is no shell, because of $1; ends the channel.
rb_fail() {
  printf '\036RB:%s:f:%s\036' "$RB_N" "$1" >&2
  printf '\036RB:%s:f:%s\036' "$RB_N" "$1"
  exit 0
}
