# shellcheck shell=bash
# Ends the shells of a run's folder, and removes it unless it is to be kept. Says what of the run goes on:
# a marker `l` with the number of the command that started it, the file that its output goes to, the pid
# and the command line.
#
# RB_D     the run's folder
# RB_KEEP  yes: what a later life of the run needs stays
# RB_TAG   names the processes of this run

D=$RB_D
# Where it was removed, somebody else may have put one in its place.
[ -O "$D" ] && [ ! -L "$D" ] || exit 0
: >"$D/stop"
read -r pid 2>/dev/null <"$D/pid"
read -r top 2>/dev/null <"$D/shell"
# Only what is ours: a number may have been given to another process.
ours() {
  local f x
  for f in cmdline environ; do
    while IFS= read -r -d '' x; do
      case $x in (*"$D/"*) return 0 ;; esac
    done 2>/dev/null <"/proc/$1/$f"
  done
  return 1
}
# What the last command left is saved after its end was told; one that was killed never is.
[ -n "$RB_KEEP" ] && for ((i = 0; i < 100; i++)); do
  n=0 s=0
  while read -r x _ y; do [ "$y" = q ] || n=$x; done 2>/dev/null <"$D/seq"
  while read -r x; do s=$x; done 2>/dev/null <"$D/saved"
  [ "$n" = "$s" ] && break
  sleep 0.02
done
read -r nonce 2>/dev/null <"$D/nonce"
# A shell that is not to go on ends as at a terminal, with its EXIT trap. One that is new waits to be told
# where it begins.
if [ -z "$RB_KEEP" ] && ours "$top"; then
  printf ': %s\n\\builtin exit "$__rb_r"\n)\n' "$nonce" 1<>"$D/in"
  for ((i = 0; i < 160; i++)); do
    ours "$top" || break
    if [ "$i" -lt 20 ]; then sleep 0.005; else sleep 0.05; fi
  done
fi
for p in $pid $top; do ours "$p" && kill -KILL "$p" 2>/dev/null; done
[ -e "$D/end-terminal" ] && . "$D/end-terminal"
moved=()
# What still runs goes on. What it prints went into files that are removed now: it gets one that stays.
while IFS= read -r f; do
  p=${f#/proc/} p=${p%%/*} n= x= left=
  while IFS= read -r -d '' x; do
    case $x in ("RUNBOOK_MARK=$RB_TAG-"*) n=${x##*-} ;; esac
  done 2>/dev/null <"$f"
  for f in 1 2; do
    for x in "$D"/{out,err} "$D"/left.*; do
      [ "/proc/$p/fd/$f" -ef "$x" ] || continue
      : >"$x"
      mv -f "$x" "$D.${x##*/}" 2>/dev/null
      moved+=("$D.${x##*/}")
    done
    for x in "${moved[@]}"; do [ "/proc/$p/fd/$f" -ef "$x" ] && left=$x; done
  done
  x=
  { while IFS= read -r -d '' y; do x="$x$y "; done <"/proc/$p/cmdline"; } 2>/dev/null
  x=${x//[$'\001'-$'\037'$'\177']/ }
  left=${left//:/_}
  [ -n "$x" ] && printf '\036RB:%s:l:%s:%s:%s:%s\036' "$nonce" "$n" "$p" "$left" "${x:0:150}"
done < <([ -n "$RB_TAG" ] && grep -lzF "RUNBOOK_MARK=$RB_TAG-" /proc/[0-9]*/environ 2>/dev/null)
if [ -n "$RB_KEEP" ]; then
  rm -f "$D"/{in,reserve,out,err,tty,said,pid,shell,stop,nonce,traps,names,answered,terminal.nonce,hang-up} "$D"/background.* "$D"/left.*
else
  R=${D%/*}
  rm -rf "$D"
  # Folders that we made on the way, once nobody's run is in them.
  made=()
  while read -r x; do made+=("$x"); done 2>/dev/null <"$R/.made"
  shopt -s nullglob dotglob
  rest=("$R"/*)
  if [ "${rest[*]:-$R/.made}" = "$R/.made" ]; then
    rm -f "$R/.made"
    rmdir "$R" 2>/dev/null
    for ((i = ${#made[@]} - 1; i >= 0; i--)); do rmdir "${made[i]}" 2>/dev/null; done
  fi
fi
