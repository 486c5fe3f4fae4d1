# shellcheck shell=bash
# Says what the host is and what a login is like there, each ended by NUL: facts, how a shell
# outlives this login, the umask and the environment of a login shell.
#
# The login shell is asked for RB_SECONDS; its answer stands between two nonces, and nothing else of
# it matters.

cd "$HOME" 2>/dev/null
# The nonce is no argument, for every user of the host can read those.
RB_Q="builtin printf '\\0%s\\0' \"\$RUNBOOK_NONCE\"; builtin umask; builtin printf '\\0'; command -p env -0"
# Bash 4.2 gives what is found by `command -p` another PATH.
RB_Q="$RB_Q; builtin printf 'PATH=%s\\0%s\\0' \"\$PATH\" \"\$RUNBOOK_NONCE\""
# It takes longest: the rest is found out meanwhile.
exec 3< <(RUNBOOK_NONCE=$RB_N exec setsid bash -lc "$RB_Q" </dev/null 2>/dev/null)
p=$! ok=
f=/etc/os-release
[ -r "$f" ] || f=/usr/lib/os-release
show() { local x; IFS= read -r -d '' x 2>/dev/null <"$1"; printf %s "${x%$'\n'}"; }
me=$(id -un)
read -r name release arch < <(uname -nrm)
printf '%s\0' "$me" "$arch" "$release" "$name" "$BASH_VERSION"
for x in /proc/sys/kernel/random/boot_id /etc/machine-id "$f"; do show "$x"; printf '\0'; done
printf '%s\0' "$PATH"
ask_login_end
end=$((SECONDS + RB_SECONDS))
while [ $((end - SECONDS)) -gt 0 ] && IFS= read -r -d '' -t $((end - SECONDS)) x <&3; do
  [ "$x" = "$RB_N" ] && { ok=1; break; }
done
printf '%s\0' "$(login_end)"
if [ -n "$ok" ] && IFS= read -r -d '' -t 5 x <&3; then
  printf 'login\0%s\0' "$x"
  while IFS= read -r -d '' -t 5 x <&3 && [ "$x" != "$RB_N" ]; do
    [ -n "$x" ] && printf '%s\0' "$x"
  done
else
  printf 'none\0%s\0' "$(umask)"
  env -0
fi
{ kill -KILL -- "-$p"; } 2>/dev/null
rb_done 0
