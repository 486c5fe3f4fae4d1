# shellcheck shell=bash
# Makes the run's folder or finds it, starts its shell where none lives, and follows it.
#
# RB_RUN    the folder's name
# RB_START  where the shell starts; empty: the home folder
# RB_UMASK  of a login
# RB_SCOPE  whether the shell needs a scope of its own to outlive the login
# RB_AT     number:out:err, where an earlier life of the run had come to
# RB_F      name, text, name, text … of the files in the folder

rb_environment
for t in setsid tail mkfifo mkdir rm rmdir tr grep stat readlink; do
  command -v "$t" >/dev/null || rb_fail "no-tool:$t"
done
umask 077
bases=("$XDG_STATE_HOME" "$HOME/.local/state" "/var/tmp/runbook-$EUID")
D= new= why= places=() missing=()
for base in "${bases[@]}"; do
  [[ $base == /* ]] || continue
  safe "$base/runbook/$RB_RUN" || continue
  if [ -z "$rest" ]; then
    D=$at
    break
  fi
  places+=("$at") missing+=("$rest")
done
if [ -z "$D" ]; then
  for i in "${!places[@]}"; do
    made= p=${places[i]} rest=${missing[i]}
    while [ -n "$rest" ]; do
      p=$p/${rest%%/*}
      # It fails where somebody else was quicker.
      mkdir -m 700 "$p" 2>/dev/null || continue 2
      case $rest in (*/*) rest=${rest#*/} made=$made$p$'\n' ;; (*) rest= ;; esac
    done
    D=$p
    [ -n "$made" ] && printf %s "$made" >"${D%/*}/.made"
    new=yes
    break
  done
  [ -z "$D" ] && [ -n "$why" ] && rb_fail "unsafe:$why"
  [ -n "$D" ] || rb_fail "no-folder:${bases[1]}"
  printf 'umask %s\ncd -- %q\nunset OLDPWD\nshopt -s expand_aliases\n' "$RB_UMASK" "${RB_START:-$HOME}" >"$D/state.0"
  printf '0\n' >"$D/saved"
  : >"$D/seq"
fi
pid= n=0 s=0 o=0 e=0 found=1 boot=0 begun=
read -r pid <"$D/pid"
while read -r x y z; do
  n=$x
  [ -n "$RB_AT" ] && [ "$n" -ge "${RB_AT%%:*}" ] && [ "$z" != q ] && begun=$begun$n=$z,
done <"$D/seq"
while read -r x; do s=$x; done <"$D/saved"
while read -r x; do [ "$x" = "$n" ] && s=$x; done 2>/dev/null <"$D/answered"
if rb_is_ours "$pid"; then
  look_for_tail
  if [ -n "$RB_AT" ]; then
    # What has begun since the client was there is read from before it.
    x=${RB_AT#*:} o=${x%%:*} e=${x#*:}
    # The outputs that it knew end before this number.
    read -r x 2>/dev/null <"$D/anew"
    [ "${x:-0}" -ge "${RB_AT%%:*}" ] && o=0 e=0
  else
    [ "$n" = "$s" ] || rb_fail "busy:$n"
    o=$(($(wc -c <"$D/out"))) e=$(($(wc -c <"$D/err")))
  fi
else
  found=0 x= y=
  read -r x 2>/dev/null <"$D/boot"
  read -r y </proc/sys/kernel/random/boot_id
  # Its processes are gone, and their pids may be others' now.
  [ -n "$x" ] && [ "$x" != "$y" ] && boot=1 && rm -f "$D"/background.*
  [ "$new" ] || rm -f "$D/in" "$D/up" "$D/tty" "$D/said" "$D/pid" "$D/stop" "$D/terminal.pid" "$D/anew"
  mkfifo "$D/in" "$D/up" "$D/tty" "$D/said" || rb_fail "no-folder:$D"
  # Made here, for the shell has the user's umask.
  for x in out err traps names answered terminal.nonce state.0 state.1; do : >>"$D/$x"; done
  printf '%065536d' 0 >"$D/reserve" || rb_fail "no-folder:$D"
  : >"$D/out"
  : >"$D/err"
  for ((i = 0; i < ${#RB_F[@]}; i += 2)); do
    printf %s "${RB_F[i + 1]}" >"$D/${RB_F[i]}" || rb_fail "no-folder:$D"
  done
  printf '%s\n' "$RB_N" >"$D/nonce"
  printf '%s\n' "$y" >"$D/boot"
  exec 9<>"$D/up"
  leave_session
  (
    cd "${RB_START:-$HOME}" 2>/dev/null || cd /
    set -- "${scope[@]}" setsid bash --noprofile --norc "$D/supervise"
    # Once more: what it exports may have the names of our own variables.
    rb_environment
    [ "${BASH_ENV+x}" ] && export __rb_BE="$BASH_ENV" && unset BASH_ENV
    # With job control on, what is started in the background keeps its default signals.
    set -m
    exec 9>&-
    "$@" </dev/null >/dev/null 2>&1 &
  ) </dev/null >/dev/null 2>&1
  look_for_tail
  read -r -t 20 pid <&9 || rb_fail no-start
  exec 9>&-
  rm -f "$D/up"
fi
read -r RB_NONCE <"$D/nonce"
printf '\036RB:%s:ok:%s:%s:%s:%s:%s:%s:%s:%s\036' "$RB_N" "$RB_NONCE" "$n" "$o" "$e" "$found" "$boot" "$begun" "$D"
printf '\036RB:%s:ok\036' "$RB_N" >&2
rb_follow
