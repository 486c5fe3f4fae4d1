# shellcheck shell=bash
# How a background process is doing: `running`, `gone` or its status, then what it printed last.
#
# RB_D       the run's folder
# RB_NUMBER  of the frame that started it
# RB_PID     of the subshell that waits for it
# RB_BYTES   of what it printed

f=$RB_D/background.$RB_NUMBER
x=
read -r x 2>/dev/null <"$f.status"
if [ -n "$x" ]; then printf '%s\n' "$x"
elif kill -0 "$RB_PID" 2>/dev/null; then printf 'running\n'
else printf 'gone\n'; fi
tail -c "$RB_BYTES" "$f" 2>/dev/null
