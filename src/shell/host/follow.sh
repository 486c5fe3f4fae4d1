# shellcheck shell=bash
# Follows a shell: passes its outputs on, and items of standard input to it. An item comes after its
# length and a blank, so that one that was cut is dropped.
#
# D         the run's folder
# RB_NONCE  the shell's
# o, e      bytes of its outputs that the client has
# pid       of the supervisor

# Whether process $1 is the supervisor of this very folder.
rb_is_ours() {
  local x
  [ -n "$1" ] || return
  while IFS= read -r -d '' x; do
    [ "$x" = "$D/supervise" ] && return 0
  done 2>/dev/null <"/proc/$1/cmdline"
  return 1
}
# How tail is to look for what is written: where the kernel tells it (not on overlay or NFS) it need
# not look, but to see whether the shell is there still.
look_for_tail() {
  w= every_out=0.001 every_err=0.005
  tail --pid="$$" -n 0 /dev/null >/dev/null 2>&1 && w=yes
  case $(stat -f -c %T "$D" 2>/dev/null) in (ext2/ext3 | xfs | btrfs | tmpfs) every_out=0.05 every_err=0.05 ;; esac
}
# Starts to pass on the outputs, from bytes `o` and `e` on, in process groups `a` and `b`: each is ended
# together with what it started.
rb_pass_on() {
  set -m
  { tail ${w:+"$w"} -s "$every_out" -c "+$((o + 1))" -f "$D/out" 2>/dev/null; kill "$$"; } &
  a=$!
  tail ${w:+"$w"} -s "$every_err" -c "+$((e + 1))" -f "$D/err" >&2 2>/dev/null &
  b=$!
  set +m
}
# From command $1 on what is printed goes to new files: what earlier ones left running keeps the old ones.
# Once for each number, whoever asks.
rb_anew() {
  local x
  read -r x 2>/dev/null <"$D/anew"
  [ "$x" = "$1" ] && return
  for x in out err; do
    mv -f "$D/$x" "$D/left.$1.$x"
    ( umask 077; : >"$D/$x" )
    # All of it that belongs to a command was read.
    : >"$D/left.$1.$x"
  done
  printf '%s\n' "$1" >"$D/anew"
}
rb_follow() {
  LC_ALL=C
  # The login's limit for reads is not for this one.
  TMOUT=0
  exec 7<>"$D/in" 8<>"$D/tty"
  w=${w:+--pid=$pid}
  trap '{ kill -- "-$a" "-$b"; wait; } 2>/dev/null' EXIT
  rb_pass_on
  # What begins with @ is for the terminal of a dialog, with ! for this very bash, with % a number to begin
  # new outputs at; the marker tells where they begin.
  while read -r -d ' ' n && IFS= read -r -N "$n" x; do
    case $x in
    (@*) printf %s "${x#@}" >&8 ;;
    (!*) eval "${x#!}"; break ;;
    (%*)
      { kill -- "-$a" "-$b"; wait "$a" "$b"; } 2>/dev/null
      rb_anew "${x#%}"
      printf '\036RB:%s:n:%s\036' "$RB_NONCE" "${x#%}" >&2
      printf '\036RB:%s:n:%s\036' "$RB_NONCE" "${x#%}"
      o=0 e=0
      rb_pass_on ;;
    (*) printf %s "$x" >&7 ;;
    esac
  done
}
