# shellcheck shell=bash
# Follows a shell: passes its outputs on, and items of standard input to it. An item comes after its
# length and a blank, so that one that was cut is dropped.
#
# D     the run's folder
# o, e  bytes of its outputs that the client has
# pid   of the supervisor

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
  w= a=0.001 b=0.005
  tail --pid="$$" -n 0 /dev/null >/dev/null 2>&1 && w=yes
  case $(stat -f -c %T "$D" 2>/dev/null) in (ext2/ext3 | xfs | btrfs | tmpfs) a=0.05 b=0.05 ;; esac
}
rb_follow() {
  LC_ALL=C
  # The login's limit for reads is not for this one.
  TMOUT=0
  exec 7<>"$D/in" 8<>"$D/tty"
  w=${w:+--pid=$pid}
  trap '{ kill -- "-$a" "-$b"; wait; } 2>/dev/null' EXIT
  # Groups of their own, to be ended together with what they started.
  set -m
  { tail ${w:+"$w"} -s "$a" -c "+$((o + 1))" -f "$D/out" 2>/dev/null; kill "$$"; } &
  a=$!
  tail ${w:+"$w"} -s "$b" -c "+$((e + 1))" -f "$D/err" >&2 2>/dev/null &
  b=$!
  set +m
  # What begins with @ is for the terminal of a dialog, what begins with ! for this very bash.
  while read -r -d ' ' n && IFS= read -r -N "$n" x; do
    case $x in
    (@*) printf %s "${x#@}" >&8 ;;
    (!*) eval "${x#!}"; break ;;
    (*) printf %s "$x" >&7 ;;
    esac
  done
}
