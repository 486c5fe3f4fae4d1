# shellcheck shell=bash
# Starts the program that holds a dialog's terminal, detached like the shell itself; sets `__rb_w`, the
# terminal. Without one nothing of the command is run.
#
# The shell leads its session and has no terminal, so that opening this one makes it the session's:
# /dev/tty is there for ssh, sudo and passwd.

# Of one that was killed.
if [[ -e $__rb_D/terminal.pid ]]; then
  \builtin read -r __rb_x <"$__rb_D/terminal.pid"
  \builtin kill -0 "$__rb_x" 2>/dev/null || \builtin command -p rm -f "$__rb_D/terminal.pid"
fi
# Not as an argument, which every user of the host can read.
\builtin printf '%s\n' "$__rb_N" >|"$__rb_D/terminal.nonce"
__rb_w=
for __rb_x in setsid python3 perl python2 python platform-python; do
  __rb_x=$(PATH=/usr/bin:/bin:/usr/local/bin:/usr/libexec; \builtin type -P "$__rb_x") ||
    \builtin continue
  case $__rb_x in
  (*/setsid) __rb_y=$__rb_x; \builtin continue ;;
  (*/perl) __rb_v=("$__rb_x" "$__rb_D/terminal.pl") ;;
  (*) __rb_v=("$__rb_x" -E -S "$__rb_D/terminal.py") ;;
  esac
  # What is said to another try, or to another command, is not for this one.
  __rb_x=$__rb_n.${__rb_x##*/}
  {
    ( (
      PERL5OPT= PERL5LIB= "$__rb_y" "${__rb_v[@]}" "$__rb_D" "$$" "$__rb_x" &
      while \builtin kill -0 "$!" && [[ ! -e $__rb_D/terminal.pid ]]; do \builtin command -p sleep 0.01; done
      [[ -e $__rb_D/terminal.pid ]] || \builtin printf '%s:\n' "$__rb_x" 1<>"$__rb_D/said"
    ) </dev/null >/dev/null 2>&1 & )
    while IFS= \builtin read -r -t 10 __rb_w && [[ $__rb_w != "$__rb_x":* ]]; do :; done
  } <>"$__rb_D/said"
  __rb_w=${__rb_w#"$__rb_x:"}
  [[ -n $__rb_w ]] && \builtin break
done
[[ -n $__rb_w ]] || {
  # One that was given up may have come late.
  \builtin printf 'q\n' 1<>"$__rb_D/tty"
  __rb_w=/dev/null __rb_h=${__rb_h:-t} __rb_e=('' builtin :)
}
__rb_z=$__rb_x
\builtin unset __rb_v
