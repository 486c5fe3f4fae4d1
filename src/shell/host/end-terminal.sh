# shellcheck shell=bash
# Ends the program that holds the terminal of folder $D, after what was printed was read: for whoever
# ends the shell.

t=
read -r t 2>/dev/null <"$D/terminal.pid"
if [ -n "$t" ]; then
  case $(tr '\0' ' ' 2>/dev/null <"/proc/$t/cmdline") in
  (*"$D/terminal."*)
    kill -TERM "$t"
    for ((i = 0; i < 140; i++)); do [ -e "$D/terminal.pid" ] || break; sleep 0.05; done ;;
  esac
  rm -f "$D/terminal.pid"
fi
