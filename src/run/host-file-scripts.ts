/**
 * Scripts that read, write, back up and remove one file on a host. Their text is constant; paths,
 * modes and digests travel as environment variables, content as standard input.
 *
 * Others may change folders meanwhile. So a script enters the file's folder part by part, stays in
 * it, opens the file once, verifies that it opened the file it examined, and uses only the open
 * descriptors from then on. A problem is reported on standard error as `runbook:CODE:DETAIL`.
 */

const library = String.raw`
export LC_ALL=C
umask 077
die() { printf 'runbook:%s:%s\n' "$1" "$2" >&2; exit 1; }
id_of() { stat -c %d:%i -- "$1" 2>/dev/null; }
id_of_fd() { stat -L -c %d:%i "/proc/self/fd/$1" 2>/dev/null; }
sha_of_fd() { local s; s=$(sha256sum <"/proc/self/fd/$1") || return; printf %s "${'$'}{s%% *}"; }
# Whether only root can put files into this folder, or take them out of it.
is_roots() {
  local u g m
  read -r u g m < <(stat -c '%u %g %a' .) || return
  [ "$u" = 0 ] || return
  (( 8#$m & 8#1000 )) && return
  (( (8#$m & 8#002) == 0 )) && { [ "$g" = 0 ] || (( (8#$m & 8#020) == 0 )); }
}
# A link is followed if its owner is this user or root; by root only where nobody else could move it.
trusts_link() {
  local u
  u=$(stat -c %u -- "./$1") || return
  if [ "$EUID" = 0 ]; then [ "$u" = 0 ] && is_roots; else [ "$u" = "$EUID" ] || [ "$u" = 0 ]; fi
}
enter() {
  local was
  was=$(id_of "./$1") && cd -P "./$1" 2>/dev/null && [ "$(id_of .)" = "$was" ]
}
# Enters the folder of a path and sets NAME to its last part. $2: makes folders, $1 is one.
go_to() {
  local rest=$1 part target links=0
  NAME=
  case $rest in (/*) cd -P / ;; esac
  case $rest in (*/) [ -n "$2" ] || die folder "$1" ;; esac
  while [ -n "$rest" ]; do
    part=${'$'}{rest%%/*}
    if [ "$part" = "$rest" ]; then rest=; else rest=${'$'}{rest#*/}; fi
    case $part in
    (''|.) continue ;;
    (..) cd -P .. 2>/dev/null || die closed ..; continue ;;
    esac
    if [ -L "./$part" ]; then
      trusts_link "$part" || die link "${'$'}{PWD%/}/$part"
      (( ++links < 40 )) || die links "$1"
      target=$(readlink -n -- "./$part" && printf .) || die raced "${'$'}{PWD%/}/$part"
      target=${'$'}{target%.}
      case $target in (/*) cd -P / ;; esac
      rest=$target${'$'}{rest:+/$rest}
      continue
    fi
    if [ -z "$rest" ] && [ -z "$2" ]; then NAME=$part; return; fi
    if [ ! -e "./$part" ]; then
      [ -n "$2" ] || die no-folder "${'$'}{PWD%/}/$part"
      [ "$2" = make ] && mkdir -m 700 "./$part" 2>/dev/null || return 1
    fi
    [ -d "./$part" ] || die no-folder "${'$'}{PWD%/}/$part"
    enter "$part" || die closed "${'$'}{PWD%/}/$part"
    if [ -n "$2" ]; then
      case $(stat -c %u .) in (0|"$EUID") ;; (*) return 1 ;; esac
    fi
  done
  [ -n "$2" ] || die folder "$1"
}
# Opens the file NAME of this folder as descriptor $1; false where there is none.
open_file() {
  local was links
  [ ! -L "./$NAME" ] || die raced "${'$'}{PWD%/}/$NAME"
  [ -e "./$NAME" ] || return 1
  [ ! -d "./$NAME" ] || die folder "${'$'}{PWD%/}/$NAME"
  [ -f "./$NAME" ] || die no-file "${'$'}{PWD%/}/$NAME"
  [ -r "./$NAME" ] || die unreadable "${'$'}{PWD%/}/$NAME"
  was=$(id_of "./$NAME") || die raced "${'$'}{PWD%/}/$NAME"
  { eval "exec $1<\"./\$NAME\""; } 2>/dev/null
  [ "$(id_of_fd "$1")" = "$was" ] || die raced "${'$'}{PWD%/}/$NAME"
  case $(stat -L -c %F "/proc/self/fd/$1") in (regular*) ;; (*) die raced "${'$'}{PWD%/}/$NAME" ;; esac
  links=$(stat -L -c %h "/proc/self/fd/$1")
  # Whoever owns the folder could have linked another user's file into it.
  if [ "$EUID" = 0 ] && [ "$links" != 1 ] && ! is_roots; then die hard-link "${'$'}{PWD%/}/$NAME"; fi
}
# The folders that may hold backups of this user, the preferred one first.
backup_bases() {
  BASES=()
  case $XDG_STATE_HOME in (/*) BASES+=("$XDG_STATE_HOME/runbook/backups") ;; esac
  if [ "$EUID" = 0 ]; then BASES+=(/var/lib/runbook/backups)
  else case $HOME in (/*) BASES+=("$HOME/.local/state/runbook/backups") ;; esac
  fi
  BASES+=("/var/tmp/runbook-$EUID/runbook/backups")
}
is_private() { case $(stat -c '%u %a' .) in ("$EUID 700"|"$EUID "[0-7]700) ;; (*) return 1 ;; esac; }
# Enters the private folder of this run's backups. $1: make, or find.
enter_backups() {
  local base place
  case $RUNBOOK_RUN in (''|.*|*[!A-Za-z0-9._-]*) die no-backup "$RUNBOOK_RUN" ;; esac
  backup_bases
  for base in "${'$'}{BASES[@]}"; do
    place=$(
      go_to "$base" "$1" && is_private && { [ "$1" != make ] || [ -d "./$RUNBOOK_RUN" ] || prune; } &&
        go_to "./$RUNBOOK_RUN" "$1" && printf '%s.' "$PWD"
    ) 2>/dev/null || continue
    cd -P "${'$'}{place%.}" 2>/dev/null && is_private && return
  done
  return 1
}
# The newest runs' backups stay, and all of the last days.
prune() {
  local run left
  set -- */
  left=$#
  for run; do
    (( left-- >= 20 )) || break
    [ -z "$(find "./$run" -maxdepth 0 -mtime +30 2>/dev/null)" ] || rm -rf -- "./$run"
  done
  return 0
}
home_path() {
  case $RUNBOOK_FILE in ('~/'*) RUNBOOK_FILE=$HOME/${'$'}{RUNBOOK_FILE#??} ;; esac
}
`

const read = String.raw`
home_path
go_to "$RUNBOOK_FILE"
real=${'$'}{PWD%/}/$NAME
printf 'file %s\n' "$real"
(
  enter_backups find || exit 0
  if [ -e "./new$real" ]; then printf 'new\n'
  elif [ -e "./kept$real" ]; then printf 'kept %s\n' "$PWD/kept$real"
  fi
)
open_file 3 || { printf 'missing\n'; exit 0; }
read -r mode size links < <(stat -L -c '%a %s %h' /proc/self/fd/3)
sha=$(sha_of_fd 3) || die no-digest "$real"
printf 'mode %s\nsize %s\nlinks %s\nsha256 %s\n' "$mode" "$size" "$links" "$sha"
if [ "$size" -le "$RUNBOOK_LIMIT" ]; then
  printf 'text '
  head -c "$RUNBOOK_LIMIT" </proc/self/fd/3 | base64 | tr -d '\n'
  printf '\n'
fi
`

const write = String.raw`
if [ -n "$RUNBOOK_FROM" ]; then
  go_to "$RUNBOOK_FROM"
  open_file 5 || die no-backup "$RUNBOOK_FROM"
  sha=$(sha_of_fd 5) || die no-digest "$RUNBOOK_FROM"
fi
home_path
go_to "$RUNBOOK_FILE"
real=${'$'}{PWD%/}/$NAME
was=missing
if open_file 3; then was=$(sha_of_fd 3) || die no-digest "$real"; fi
[ "$was" = "$RUNBOOK_WAS" ] || die changed "$real"
# Puts the old state aside; of several changes in one run the first backup is the original.
keep() {
  enter_backups make || die no-backup-folder "$real"
  if [ -e "./new$real" ]; then printf 'new\n'; return; fi
  if [ ! -e "./kept$real" ]; then
    if [ "$was" = missing ]; then
      mkdir -p "./new${'$'}{real%/*}" && : >"./new$real" || die no-backup-folder "$real"
      printf 'new\n'
      return
    fi
    mkdir -p "./kept${'$'}{real%/*}" || die no-backup-folder "$real"
    rm -f ./.part
    cp --preserve=all /proc/self/fd/3 ./.part 2>/dev/null || cp -p /proc/self/fd/3 ./.part || die no-backup-folder "$real"
    exec 6<./.part
    [ "$(sha_of_fd 6)" = "$was" ] || die changed "$real"
    mv -fT ./.part "./kept$real" || die no-backup-folder "$real"
  fi
  printf 'kept %s\n' "$PWD/kept$real"
}
still_old() {
  if [ "$was" = missing ]; then [ ! -e "./$NAME" ] && [ ! -L "./$NAME" ]; return; fi
  [ ! -L "./$NAME" ] && [ "$(id_of "./$NAME")" = "$(id_of_fd 3)" ] && [ "$(sha_of_fd 3)" = "$was" ]
}
if [ -n "$RUNBOOK_REMOVE" ]; then
  ( keep ) || exit
  still_old || die changed "$real"
  rm -f -- "./$NAME" || exit
  printf 'sha256 missing\n'
  exit 0
fi
new=.runbook-$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
set -C
{ exec 4>"./$new"; } 2>/dev/null || die no-new-file "${'$'}{PWD%/}"
set +C
trap 'rm -f -- "./$new"' EXIT
[ "$(id_of_fd 4)" = "$(id_of "./$new")" ] || die raced "$real"
if [ -n "$RUNBOOK_FROM" ]; then cat <&5 >&4 || exit; RUNBOOK_SIZE=$(stat -L -c %s /proc/self/fd/5)
else base64 -d >&4 || exit
fi
size=$(stat -L -c %s /proc/self/fd/4)
[ "$size" = "$RUNBOOK_SIZE" ] || die short "$size/$RUNBOOK_SIZE"
after=$(sha_of_fd 4)
[ -z "$RUNBOOK_FROM" ] || [ "$after" = "$sha" ] || die changed "$RUNBOOK_FROM"
# Owner, mode, ACL, label and other attributes: those of the backup, or of the old file.
like=
[ "$was" = missing ] || like=3
[ -z "$RUNBOOK_FROM" ] || like=5
has_acl() { local l; l=$(ls -lndL "/proc/self/fd/$1"); case ${'$'}{l%% *} in (*+) return 0 ;; esac; return 1; }
if [ -n "$like" ]; then
  read -r owner mode < <(stat -L -c '%u:%g %a' "/proc/self/fd/$like")
  for what in context xattr mode,ownership; do
    cp --attributes-only --preserve=$what "/proc/self/fd/$like" /proc/self/fd/4 2>/dev/null
  done
  if [ "$(stat -L -c %u:%g /proc/self/fd/4)" != "$owner" ]; then
    chown "$owner" /proc/self/fd/4 2>/dev/null || die owner "$real"
  fi
  [ "$(stat -L -c %a /proc/self/fd/4)" = "$mode" ] || chmod "$mode" /proc/self/fd/4 || exit
  if has_acl "$like" && ! has_acl 4; then
    getfacl -cp "/proc/self/fd/$like" 2>/dev/null | setfacl --set-file=- /proc/self/fd/4 2>/dev/null
    has_acl 4 || die acl "$real"
  fi
fi
if [ -n "$RUNBOOK_MODE" ]; then chmod "$RUNBOOK_MODE" /proc/self/fd/4 || exit
elif [ -z "$like" ]; then chmod 0644 /proc/self/fd/4 || exit
fi
if [ "$after" = "$was" ] && [ -z "$RUNBOOK_FROM$RUNBOOK_MODE" ]; then printf 'same\nsha256 %s\n' "$after"; exit 0; fi
( keep ) || exit
[ "$(id_of_fd 4)" = "$(id_of "./$new")" ] || die raced "$real"
still_old || die changed "$real"
mv -fT -- "./$new" "./$NAME" || exit
printf 'sha256 %s\n' "$after"
`

const forget = String.raw`
enter_backups find || exit 0
cd -P .. && is_private && rm -rf -- "./$RUNBOOK_RUN"
`

/** A fresh bash, without functions, options or start-up files of the page's shell. */
function fresh(body: string): string {
  const text = `${library}${body}`
  return `\\builtin exec "$BASH" --norc -p -c '${text.replaceAll("'", `'\\''`)}'`
}

export const hostFileScripts = {
  read: fresh(read),
  write: fresh(write),
  forget: fresh(forget),
} as const
