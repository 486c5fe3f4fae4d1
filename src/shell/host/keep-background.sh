# shellcheck shell=bash
# Writes down how a background process can be ended once the client that started it is gone: its mark, the
# page's stop signal, and the subshell that waits for it, `$!`, with its start time in clock ticks.
#
# __rb_y  the signal

IFS=' ' \builtin read -r -a __rb_v <"/proc/$!/stat"
\builtin printf '%s %s %s %s\n' "$RUNBOOK_MARK" "$__rb_y" "$!" "${__rb_v[21]}" >"$__rb_D/background.$__rb_n.mark"
