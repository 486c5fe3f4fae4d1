# shellcheck shell=bash
# What a new bash of the run reads first: the saved state.

__rb_D=${BASH_ENV%/*}
\builtin unset BASH_ENV
[[ -n ${__rb_BE+x} ]] && { \builtin export BASH_ENV="$__rb_BE"; \builtin unset __rb_BE; }
\builtin printf '%s\n' "$$" >|"$__rb_D/shell"
# Which file has the number of the last process that was started: this one, or one soon after. What a
# container may show is its host's.
__rb_O=
for __rb_x in /proc/sys/kernel/ns_last_pid /proc/loadavg; do
  \builtin read -r __rb_y 2>/dev/null <"$__rb_x"
  __rb_y=${__rb_y##* }
  [[ $__rb_y -ge $$ && $((__rb_y - $$)) -lt 500 ]] && __rb_O=$__rb_x && \builtin break
done
# What was meant for the shell before is not for this one: the client says where it begins anew.
if [[ -n $__rb_W ]]; then
  \builtin read -r __rb_y <"$__rb_D/nonce"
  while IFS= TMOUT=0 \builtin read -r __rb_x && [[ $__rb_x != ": $__rb_y" ]]; do :; done
fi
# The state begins by unsetting what is in the environment.
__rb_z=$__rb_R __rb_x=0
while \builtin read -r __rb_y; do __rb_x=$__rb_y; done <"$__rb_D/saved"
\builtin . "$__rb_D/state.$((__rb_x & 1))" >/dev/null 2>&1
# The first words of a frame: read a size, as many bytes, and run them.
__rb_B=(builtin eval '\builtin read -r -N 10 __rb_t; \builtin read -r -N "$__rb_t" __rb_t; \builtin eval "$__rb_t"')
__rb_P=$__rb_O __rb_last=0 __rb_r=$__rb_z __rb_u= __rb_q= __rb_good= __rb_size=
# Split by hand: the state may have set IFS.
while \builtin read -r __rb_x; do __rb_last=${__rb_x%% *}; done <"$__rb_D/seq"
# Bash 4.2 writes some control characters wrongly, and misreads keys; then the state is saved slowly.
__rb_t=$'\001\177 \n\'"' __rb_y=$__rb_t
__rb_x=$(\builtin declare -p __rb_t)
__rb_t=
\builtin eval "$__rb_x"
[[ $__rb_t == "$__rb_y" ]] && __rb_q=1
\builtin unset __rb_t __rb_x __rb_y __rb_z __rb_O __rb_R __rb_W
SHLVL=1
