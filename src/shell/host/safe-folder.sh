# shellcheck shell=bash
# Defines `safe`, which walks a path from the root: `at` becomes what is there of it, without links,
# `rest` what is not. It fails, with `why` (what is wrong, and the path), where somebody else could put files of theirs there: every
# folder and link on the way is root's or ours; where others may write, they cannot move what is not
# theirs (the sticky bit); what is ours alone, from `runbook` on, is no link and open to nobody.

safe() {
  local left=${1%/} t n=0 own=0 i=0 line looked=(/) strict=(0)
  at= rest=
  while [ -n "$left" ]; do
    left=${left#"${left%%[!/]*}"}
    t=${left%%/*}
    case $left in (*/*) left=${left#*/} ;; (*) left= ;; esac
    case $t in ('' | .) continue ;; (..) at=${at%/*}; continue ;; esac
    # Only the names that we give count, not what a link says.
    case $t/$left in (runbook/"$RB_RUN" | runbook-"$EUID"/*) own=1 ;; esac
    if [ ! -e "$at/$t" ] && [ ! -L "$at/$t" ]; then
      rest=$t${left:+/$left}
      break
    fi
    looked+=("$at/$t") strict+=("$own")
    if [ -L "$at/$t" ]; then
      if [ "$own" = 1 ] || [ $((++n)) -gt 40 ]; then
        why="link:$at/$t"
        return 1
      fi
      line=$(readlink -- "$at/$t"; printf x)
      line=${line%$'\n'x}
      case $line in (/*) at= ;; esac
      left=$line/$left
    else at=$at/$t
    fi
  done
  while read -r t n line; do
    judge "${looked[i]}" "${strict[i]}" "$t" "$n" "$line" || return 1
    i=$((i + 1))
  done < <(stat -c '%u %g %f' -- "${looked[@]}" 2>/dev/null)
  if [ "$i" != "${#looked[@]}" ]; then
    why="unreadable:$1"
    return 1
  fi
}
# Path, whether it is ours alone, owner, group, mode.
judge() {
  local mode=$((16#$5))
  if [ "$3" != "$EUID" ] && { [ "$2" = 1 ] || [ "$3" != 0 ]; }; then
    why="others-$3:$1"
  elif [ $((mode & 0170000)) = $((0120000)) ]; then return 0
  elif [ $((mode & 0170000)) != $((0040000)) ]; then why="not-a-folder:$1"
  elif [ "$2" = 1 ]; then
    [ $((mode & 077)) = 0 ] && return 0
    why="open:$1"
  elif [ $((mode & 022)) = 0 ] || [ $((mode & 01000)) != 0 ]; then return 0
  elif [ $((mode & 02)) = 0 ] && [ "$4" = "$(id -g)" ] && [ "$(id -gn)" = "$(id -un)" ]; then
    # A group of one's own.
    return 0
  else why="writable:$1"
  fi
  return 1
}
