# shellcheck shell=bash
# Ends a background process by a signal of the page's choice. After processes.sh.
#
# RB_NUMBER  of the frame that started it
# RB_PID     of the subshell that waits for it; empty: that is gone
# RB_SIGNAL  without SIG

# The subshell that waits for it stays, and writes down how it ended.
top=$RB_PID
look
signal "$RB_SIGNAL" "${found[@]}"
finish
rm -f "$RB_D/background.$RB_NUMBER.mark"
