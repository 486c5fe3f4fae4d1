# shellcheck shell=bash
# Lists the background processes that were written down in the run's folder: number, mark, signal, and the
# pid of the subshell that waits for it; 0 where that is gone and its pid may be another process's.
#
# RB_D  the run's folder

for f in "$RB_D"/background.*.mark; do
  [ -e "$f" ] || continue
  mark= signal= pid= start= line= fields=()
  read -r mark signal pid start <"$f"
  { IFS= read -r line <"/proc/$pid/stat"; } 2>/dev/null
  read -r -a fields <<<"${line##*) }"
  [ "${fields[19]}" = "$start" ] || pid=0
  n=${f%.mark}
  printf '%s %s %s %s\n' "${n##*.}" "$mark" "$signal" "$pid"
done
