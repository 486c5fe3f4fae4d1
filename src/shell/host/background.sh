# shellcheck shell=bash
# How a background process is doing: `running`, `gone` or its status; how many bytes it has printed; and,
# from the next line on, what it printed from a place on.
#
# RB_D       the run's folder
# RB_NUMBER  of the frame that started it
# RB_PID     of the subshell that waits for it
# RB_AT      bytes of its output before that place
# RB_BYTES   of its output at most

f=$RB_D/background.$RB_NUMBER
x=
read -r x 2>/dev/null <"$f.status"
if [ -n "$x" ]; then :
elif kill -0 "$RB_PID" 2>/dev/null; then x=running
else x=gone; fi
n=$(($(wc -c 2>/dev/null <"$f")))
printf '%s %s\n' "$x" "$n"
n=$((n - RB_AT))
[ "$n" -le "$RB_BYTES" ] || n=$RB_BYTES
[ "$n" -le 0 ] || tail -c "+$((RB_AT + 1))" "$f" 2>/dev/null | head -c "$n"
