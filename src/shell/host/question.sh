# shellcheck shell=bash
# Runs a script in a throwaway shell.
#
# RB_SCRIPT  the script
# RB_START   where it starts; empty: the home folder
# RB_UMASK   of a login
# RB_MARK    names what it starts, so that it can be ended

rb_environment
cd "${RB_START:-$HOME}" 2>/dev/null || cd /
umask "$RB_UMASK"
export RUNBOOK_MARK="$RB_MARK"
( set -- ; unset RB_N RB_E RB_START RB_UMASK RB_MARK __rb_v __rb_f; unset -f rb_environment rb_begun rb_done rb_fail; eval "unset RB_SCRIPT; $RB_SCRIPT" ) </dev/null
rb_done "$?"
