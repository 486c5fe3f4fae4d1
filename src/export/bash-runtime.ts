/**
 * The functions at the start of an exported script. Their names begin with `rb_`. Text of a page
 * reaches them as arguments, never as code, except `sh:` checks and the commands themselves.
 */

import { askFunctions } from '../check/ask-checks.ts'
import type { Lang } from '../model/message.ts'
import { quoted } from './bash-words.ts'
import { scriptWords } from './messages.ts'

export interface RuntimeOptions {
  readonly lang: Lang
  /** Names whose values are never printed. */
  readonly secrets: readonly string[]
}

/** @param body - The rest of the script; unused functions are omitted. */
export function bashRuntime(body: string, { lang, secrets }: RuntimeOptions): string {
  const words = Object.entries(scriptWords).map(
    ([name, word]) => `rb_word_${name}=${quoted(word[lang])}`,
  )
  const all = [...functionsOf(own), ...functionsOf(askFunctions)]
  const needed = new Set(all.filter(({ name }) => always.has(name)))
  for (let size = -1; size !== needed.size;) {
    size = needed.size
    const text = [body, ...[...needed].map((each) => each.text)].join('\n')
    for (const each of all) if (new RegExp(`\\b${each.name}\\b`).test(text)) needed.add(each)
  }
  const kept = all.filter((each) => needed.has(each)).map(({ text }) => text)
  return [...words, `rb_secret_list=${quoted(secrets.join(' '))}`, start, ...kept].join('\n')
}

const always = new Set(['rb_begin', 'rb_fail', 'rb_pass', 'rb_finish'])

interface BashFunction {
  readonly name: string
  readonly text: string
}

/** Functions of one line, or up to a line with only a brace. */
function functionsOf(library: string): readonly BashFunction[] {
  const found = library.matchAll(/^(rb_\w+)\(\) \{(?: .*\}|\n[\s\S]*?\n\})$/gm)
  return [...found].map(([text, name = '']) => ({ name, text }))
}

const start = String.raw`
[ -n "${'$'}{BASH_VERSION-}" ] || { echo 'bash FILE' >&2; exit 2; }
case ${'$'}{1-} in (-h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
[ $# = 0 ] || { echo "$rb_word_noArguments: $1" >&2; exit 2; }
rb_tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$rb_tmp"' EXIT
rb_out=$rb_tmp/out
rb_failed= rb_step= rb_try=0 rb_status=0 rb_has_passed_list=' ' rb_taken=' ' rb_background_list=
rb_count_passed=0 rb_count_done=0 rb_count_skipped=0`

const own = String.raw`
rb_begin() {
  [ -z "$rb_failed" ] || [ "${'$'}{3-}" = always ] || return 1
  [ "$rb_step" = "$1" ] && [ "$rb_try" -gt 0 ] && return 0
  rb_step=$1 rb_try=0
  printf '== %s  %s\n' "$1" "$2"
}
rb_pass() {
  rb_count_passed=$((rb_count_passed + 1)) rb_try=0
  rb_has_passed_list="$rb_has_passed_list$rb_step "
  printf '   %s\n' "$rb_word_passed"
}
rb_skip() { rb_count_skipped=$((rb_count_skipped + 1)) rb_try=0; printf '   %s: %s\n' "$rb_word_skipped" "$1"; }
rb_is_done() {
  rb_count_done=$((rb_count_done + 1)) rb_try=0
  rb_has_passed_list="$rb_has_passed_list$rb_step "
  printf '   %s: %s\n' "$rb_word_done" "$1"
}
rb_fail() {
  printf '   %s: %s\n' "$rb_word_failed" "$1"
  if [ "$rb_try" -lt "${'$'}{2-0}" ]; then
    rb_try=$((rb_try + 1))
    printf '   %s %s/%s\n' "$rb_word_again" "$rb_try" "$2"
    sleep "${'$'}{3-0}"
    return 0
  fi
  rb_failed=${'$'}{rb_failed:-$rb_step} rb_try=0
  return 1
}
rb_ok() {
  local rb_each
  rb_status=$1; shift
  for rb_each; do [ "$rb_each" = any ] || [ "$rb_each" = "$rb_status" ] || continue; rb_status=0; return 0; done
  return 1
}
rb_show() { rb_masked <"$rb_out" | sed 's/^/   | /'; }
rb_masked() {
  [ -n "$rb_secret_list" ] || { cat; return; }
  local rb_text rb_name
  rb_text=$(tr -d '\0'; echo .)
  rb_text=${'$'}{rb_text%.}
  for rb_name in $rb_secret_list; do
    [ -z "${'$'}{!rb_name-}" ] || rb_text=${'$'}{rb_text//"${'$'}{!rb_name}"/***}
  done
  printf %s "$rb_text"
}
rb_screen() { sed -e $'s/\e\\[[0-9;?]*[A-Za-z]//g' -e $'s/\r$//' -e 's/[[:blank:]]*$//' "$rb_out" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }
rb_literal() { printf %s "$1" | sed 's/[].[{}()*+?^$|\\]/\\&/g'; }
rb_prints() {
  local rb_line rb_at rb_next rb_now=' 0 ' rb_count=$(($# / 2))
  local -a rb_rule=(_ "$@")
  rb_closed() {
    local rb_place=$1
    while :; do
      case $rb_now in (*" $rb_place "*) ;; (*) rb_now="$rb_now$rb_place " ;; esac
      [ "$rb_place" -lt "$rb_count" ] || return 0
      case ${'$'}{rb_rule[rb_place * 2 + 1]} in (once) return 0 ;; esac
      rb_place=$((rb_place + 1))
    done
  }
  rb_closed 0
  while IFS= read -r rb_line || [ -n "$rb_line" ]; do
    rb_next=
    for rb_at in $rb_now; do
      [ "$rb_at" -lt "$rb_count" ] || continue
      case ${'$'}{rb_rule[rb_at * 2 + 1]} in
        (any) rb_next="$rb_next $rb_at" ;;
        (repeated) [[ $rb_line =~ ${'$'}{rb_rule[rb_at * 2 + 2]} ]] && rb_next="$rb_next $rb_at" ;;
        (*) [[ $rb_line =~ ${'$'}{rb_rule[rb_at * 2 + 2]} ]] && rb_next="$rb_next $((rb_at + 1))" ;;
      esac
    done
    rb_now=' '
    for rb_at in $rb_next; do rb_closed "$rb_at"; done
  done < <(rb_screen)
  case $rb_now in (*" $rb_count "*) return 0 ;; esac
  return 1
}
rb_capture() {
  local rb_line rb_found=0 rb_value
  while IFS= read -r rb_line || [ -n "$rb_line" ]; do
    [[ $rb_line =~ $2 ]] || continue
    [ -z "${'$'}{4-}" ] || [ "${'$'}{rb_line#*"$4"}" = "${'$'}{rb_line##*"$4"}" ] || return 1
    rb_found=$((rb_found + 1)) rb_value=${'$'}{BASH_REMATCH[$3]}
  done < <(rb_screen)
  [ "$rb_found" = 1 ] || return 1
  printf -v "$1" %s "$rb_value"
  export "${'$'}{1?}"
}
rb_has_terminal() { ( : </dev/tty ) 2>/dev/null; }
rb_ask() {
  local rb_answer
  printf '%s\n' "$1" >&2
  rb_has_terminal || { echo "$rb_word_noTerminal${'$'}{4:+; $4}" >&2; return 1; }
  read -r -p "$2" rb_answer </dev/tty 2>/dev/tty
  [ "$rb_answer" = "$3" ]
}
rb_by_hand() { [ "${'$'}{RUNBOOK_YES-}" = 1 ] && [ "${'$'}{2-}" = manual ] || rb_ask "$1" "$rb_word_answer" y "${'$'}{2:+$rb_word_saysYes}"; }
rb_danger() { [ "${'$'}{RUNBOOK_ALLOW_DANGER-}" = 1 ] || rb_ask "$1" "$rb_word_typeName" "$rb_step" "$rb_word_saysDanger"; }
rb_value() {
  local rb_given=RUNBOOK_VAR_$1
  if [ -n "${'$'}{!rb_given+x}" ]; then printf -v "$1" %s "${'$'}{!rb_given}"
  elif [ $# -ge 2 ]; then printf -v "$1" %s "$2"
  elif rb_has_terminal && read -r -s -p "$1: " "${'$'}{1?}" </dev/tty 2>/dev/tty; then echo >/dev/tty
  else echo "$1 $rb_word_noValue $rb_given" >&2; exit 2
  fi
  export "${'$'}{1?}"
}
rb_matches() { [[ ${'$'}{!1} =~ $2 ]] || { echo "$1 $rb_word_wrongValue" >&2; exit 2; }; }
rb_as() {
  local rb_user=$1 rb_script=$2 IFS=,
  shift 2
  if [ "$(id -un)" = "$rb_user" ]; then bash -c "$rb_script"
  else sudo -H --preserve-env="$*" -u "$rb_user" -- bash -c "$rb_script"
  fi
}
rb_file() {
  local rb_path rb_new=$rb_tmp/file
  rb_path=$(rb_path "$1")
  cat >"$rb_new"
  if cmp -s "$rb_new" "$rb_path"; then [ -z "$2" ] || chmod "$2" "$rb_path"; return; fi
  cat "$rb_new" >"$rb_path" && { [ -z "$2" ] || chmod "$2" "$rb_path"; }
}
rb_lines() {
  local rb_line rb_path
  rb_path=$(rb_path "$1")
  while IFS= read -r rb_line; do
    grep -qxF -e "$rb_line" -- "$rb_path" 2>/dev/null && continue
    [ ! -s "$rb_path" ] || [ -z "$(tail -c 1 -- "$rb_path")" ] || echo >>"$rb_path"
    printf '%s\n' "$rb_line" >>"$rb_path" || return
  done
  [ -z "$2" ] || chmod "$2" "$rb_path"
}
rb_patch() {
  local rb_path
  rb_path=$(rb_path "$1")
  cat >"$rb_tmp/patch"
  patch -R -s -f --dry-run "$rb_path" "$rb_tmp/patch" >/dev/null 2>&1 || patch -s -f --no-backup-if-mismatch "$rb_path" "$rb_tmp/patch"
}
rb_keep_running() { rb_background_list="$rb_background_list $1:$2"; }
rb_finish() {
  local rb_each
  for rb_each in $rb_background_list; do kill -s "${'$'}{rb_each#*:}" -- "-${'$'}{rb_each%%:*}" 2>/dev/null; done
  printf '%s %s, %s %s, %s %s' "$rb_word_passed" "$rb_count_passed" "$rb_word_done" "$rb_count_done" "$rb_word_skipped" "$rb_count_skipped"
  [ -z "$rb_failed" ] || printf ', %s %s' "$rb_word_failed" "$rb_failed"
  echo
  [ -z "$rb_failed" ] && [ $((rb_count_passed + rb_count_done)) -gt 0 ]
}
rb_holds() { ( "$@" ) >/dev/null 2>&1 </dev/null; }
rb_has_passed() { case $rb_has_passed_list in (*" ${'$'}{1##*#} "*) return 0 ;; esac; return 1; }
rb_is_free() { case $rb_taken in (*" $1 "*) return 1 ;; esac; }
rb_take() { rb_taken="$rb_taken$1 "; }
rb_os() {
  local ID= ID_LIKE= VERSION_ID=
  . /etc/os-release || return
  case " $ID $ID_LIKE " in (*" $1 "*) ;; (*) return 1 ;; esac
  case $VERSION_ID in ("$2" | "$2".*) return 0 ;; esac
  [ -z "$2" ]
}
rb_arch() { local rb_each; for rb_each; do [ "$(uname -m)" = "$rb_each" ] && return 0; done; return 1; }
rb_versioned() {
  local rb_text rb_have rb_index rb_a rb_b
  local -a rb_parts rb_wanted
  rb_text=$("$1" "$2" "$3") || return
  [ -n "$3" ] || return 0
  rb_have=$(grep -oE '[0-9]+(\.[0-9]+)+' <<<"$rb_text" | head -n 1)
  [ -n "$rb_have" ] || rb_have=$(grep -oE '[0-9]+' <<<"$rb_text" | head -n 1)
  [ -n "$rb_have" ] || return 1
  IFS=. read -r -a rb_parts <<<"$rb_have"
  IFS=. read -r -a rb_wanted <<<"$3"
  for rb_index in "${'$'}{!rb_wanted[@]}"; do
    rb_a=${'$'}{rb_parts[rb_index]-0} rb_b=${'$'}{rb_wanted[rb_index]}
    [ "$((10#$rb_a))" -gt "$((10#$rb_b))" ] && return 0
    [ "$((10#$rb_a))" -lt "$((10#$rb_b))" ] && return 1
  done
  return 0
}
rb_has_line() { local rb_path; rb_path=$(rb_path "$1"); [ -f "$rb_path" ] && grep -qaE -e "$2" -- "$rb_path"; }
rb_http() {
  local rb_code
  rb_code=$(rb_ask_http "$1")
  if [ -n "$2" ]; then [ "$rb_code" = "$2" ]; else case $rb_code in ([23][0-9][0-9]) return 0 ;; esac; return 1; fi
}
rb_kibibytes() { local rb_least=$1 rb_found; shift; rb_found=$("$@") && [ "$rb_found" -ge "$rb_least" ]; }
`
