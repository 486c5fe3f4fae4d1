# shellcheck shell=bash
# Ends the shells of a run's folder, and removes it unless it is to be kept.
#
# RB_D     the run's folder
# RB_KEEP  yes: what a later life of the run needs stays

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
for p in $pid $top; do ours "$p" && kill -KILL "$p" 2>/dev/null; done
[ -e "$D/end-terminal" ] && . "$D/end-terminal"
if [ -n "$RB_KEEP" ]; then
  rm -f "$D"/{in,reserve,out,err,tty,said,pid,shell,stop,nonce,traps,names,answered,terminal.nonce,hang-up} "$D"/background.*
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
