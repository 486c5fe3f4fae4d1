/**
 * Builds one script that asks a host all checks, and parses its answers.
 *
 * Each kind of check has constant script text; values from the page travel as environment
 * variables. The script only reads. It needs bash 4.2 and no tool that a minimal system lacks: it
 * reads ports from /proc and opens connections with bash itself.
 */

import type { Check, CheckAnswer, Question } from '../model/check.ts'
import type { HostFacts } from '../model/host.ts'
import { processorName } from './known-systems.ts'
import { requiredLiteral } from './required-literal.ts'
import { atLeastVersion, findVersion } from './version.ts'

/** Facts known without asking the host. */
export interface Known {
  readonly facts: HostFacts
  /** Names of the variables that have a value. */
  readonly variables: ReadonlySet<string>
  /** Addresses or ids of steps that have passed on this host. */
  readonly passedSteps: ReadonlySet<string>
}

/** A check that the host is asked, with its index among all checks. */
export interface AskedCheck {
  readonly index: number
  readonly question: Question
  /** For a file's lines: bytes to skip, and bytes to return at most. */
  readonly skipBytes: number
  readonly maxBytes: number
}

/** A host's reply to one check. */
export interface Reply {
  readonly status: number
  readonly text: string
}

export interface AskScript {
  readonly script: string
  readonly env: Readonly<Record<string, string>>
}

const separator = '\u001f'

/** A function for each kind of check, and what they share. */
export const askFunctions = String.raw`
rb_path() { case $1 in ('~') printf %s "$HOME" ;; ('~/'*) printf %s "$HOME/${'$'}{1#??}" ;; (*) printf %s "$1" ;; esac; }
rb_ask_user() { id -un; [ "$(id -un)" = "$1" ]; }
rb_ask_cmd() {
  command -v -- "$1" >/dev/null || { echo 'not found'; return 1; }
  [ -n "$2" ] || return 0
  local rb_limit=; command -v timeout >/dev/null && rb_limit='timeout 10'
  { $rb_limit "$1" --version || $rb_limit "$1" -V; } 2>&1 </dev/null | head -n 3
  return 0
}
rb_ask_pkg() {
  if command -v dpkg-query >/dev/null; then
    local rb_found; rb_found=$(dpkg-query -W -f '${'$'}{db:Status-Abbrev} ${'$'}{Version}' -- "$1" 2>/dev/null)
    case $rb_found in (ii*) printf '%s\n' "${'$'}{rb_found#ii* }" ;; (*) echo 'not installed'; return 1 ;; esac
  elif command -v rpm >/dev/null; then
    rpm -q --qf '%{VERSION}\n' -- "$1" 2>/dev/null || { echo 'not installed'; return 1; }
  else echo 'no package manager known'; return 1
  fi
}
rb_ask_file() { local p; p=$(rb_path "$1"); [ ! -d "$p" ] || { echo 'a folder'; return 1; }; [ -e "$p" ] || { echo 'missing'; return 1; }; }
rb_ask_dir() { local p; p=$(rb_path "$1"); [ -d "$p" ] || { [ ! -e "$p" ] && echo 'missing' || echo 'a file'; return 1; }; }
rb_line() {
  local p; p=$(rb_path "$2"); [ -r "$p" ] && [ -f "$p" ] || { printf '%s\0371\037missing\n' "$1"; return; }
  printf '%s\0370\037' "$1"
  { if [ -n "$3" ]; then LC_ALL=C grep -aF -e "$3" -- "$p"; else cat -- "$p"; fi | tail -c "+$4" | head -c "$5" | base64 | tr -d '\n'; } 2>/dev/null </dev/null
  printf '\n'
}
rb_ask_port() {
  local p a b s x; p=$(printf '%04X' "$1")
  for x in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$x" ] || continue
    while read -r a b s x; do case $b in (*:"$p") case $x in (0A*) return 0 ;; esac ;; esac; done < <(while read -r n l r t z; do echo "$n $l $r $t"; done <"$x")
  done
  echo 'not listening'; return 1
}
rb_ask_service() { systemctl is-active -- "$1"; }
rb_ask_enabled() { systemctl is-enabled -- "$1"; }
rb_ask_env() { [ -n "${'$'}{!1+x}" ] || { echo 'not set'; return 1; }; }
rb_ask_net() {
  local h=${'$'}{1#[}; h=${'$'}{h%]}
  if command -v timeout >/dev/null; then timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$h" "$2"; else (exec 3<>"/dev/tcp/$h/$2"); fi || { echo 'not reachable'; return 1; }
}
rb_ask_http() {
  if command -v curl >/dev/null; then curl -s -o /dev/null -w '%{http_code}' --max-time 10 -- "$1"
  elif command -v wget >/dev/null; then wget -q -O /dev/null -S -T 10 -t 1 --max-redirect=0 -- "$1" 2>&1 | while read -r v c r; do case $v in (HTTP/*) printf %s "$c"; break ;; esac; done
  else
    local u=${'$'}{1#http://} h p v c; [ "$u" != "$1" ] || { echo 'needs curl or wget'; return 1; }
    h=${'$'}{u%%/*}; p=/; [ "$h" = "$u" ] || p=/${'$'}{u#*/}
    local n=${'$'}{h##*:}; [ "$n" != "$h" ] || n=80
    exec 3<>"/dev/tcp/${'$'}{h%%:*}/$n" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$p" "$h" >&3; read -r -t 10 v c <&3; printf %s "${'$'}{c%% *}"
  fi
}
rb_ask_disk() { local p; p=$(rb_path "$1"); df -Pk -- "$p" | { read -r v; read -r a b c d v; printf %s "$d"; [ -n "$d" ]; }; }
rb_ask_mem() { local k v r; while read -r k v r; do [ "$k" = MemTotal: ] && { printf %s "$v"; return 0; }; done </proc/meminfo; return 1; }
rb_ask_sh() { eval "$1"; }
rb_answer() {
  local a=RUNBOOK_ASK_$1_A b=RUNBOOK_ASK_$1_B o r
  if [ "$2" = line ]; then rb_line "$1" "${'$'}{!a}" "${'$'}{!b}" "$3" "$4"; return; fi
  # What it prints beyond that is read and dropped: a broken pipe would be a false answer.
  o=$( (rb_ask_"$2" "${'$'}{!a}" "${'$'}{!b}") 2>/dev/null </dev/null | { head -c 1000; cat >/dev/null; }; exit "${'$'}{PIPESTATUS[0]}"); r=$?
  o=${'$'}{o:0:200}; o=${'$'}{o//[[:cntrl:]]/ }
  printf '%s\037%s\037%s\n' "$1" "$r" "$o"
}
set +eu
`

/** Whether the host must be asked, because known facts do not answer the check. */
export function asksHost({ question }: Check): boolean {
  return argumentsOf(question) !== undefined
}

/** Sorts checks that are slow, or may hang, to the end. */
export function byPatience(a: AskedCheck, b: AskedCheck): number {
  const rank = ({ question: { kind } }: AskedCheck) =>
    ['line', 'cmd', 'net', 'http', 'sh'].indexOf(kind)
  return rank(a) - rank(b)
}

/** One script that asks all checks in this order. */
export function askScript(checks: readonly AskedCheck[]): AskScript {
  const env: Record<string, string> = {}
  const lines: string[] = []
  for (const { index, question, skipBytes, maxBytes } of checks) {
    const [first = '', second = ''] = argumentsOf(question) ?? []
    env[`RUNBOOK_ASK_${index}_A`] = first
    env[`RUNBOOK_ASK_${index}_B`] = second
    const limits = question.kind === 'line' ? ` ${skipBytes + 1} ${maxBytes}` : ''
    lines.push(`rb_answer ${index} ${question.kind}${limits}`)
  }
  return { script: `${askFunctions}${lines.join('\n')}\n`, env }
}

/** The arguments of a check in the script; `undefined` if the host is not asked. */
function argumentsOf(question: Question): readonly string[] | undefined {
  switch (question.kind) {
    case 'os':
    case 'arch':
    case 'var':
    case 'step':
      return undefined
    case 'user':
      return [question.user]
    case 'cmd':
    case 'pkg':
      return [question.name, question.atLeast ?? '']
    case 'file':
    case 'dir':
    case 'disk':
      return [question.path]
    case 'line':
      return [question.path, requiredLiteral(question.pattern)]
    case 'port':
      return [String(question.port)]
    case 'service':
    case 'enabled':
      return [question.unit]
    case 'env':
      return [question.name]
    case 'net':
      return [question.host, String(question.port)]
    case 'http':
      return [question.url]
    case 'mem':
      return []
    case 'sh':
      return [question.command]
    default:
      return question satisfies never
  }
}

/** Parses the output of `askScript`, by index of the check. Drops an incomplete line. */
export function readReplies(output: string): ReadonlyMap<number, Reply> {
  const replies = new Map<number, Reply>()
  for (const line of output.split('\n').slice(0, -1)) {
    const [index = '', status = '', text = ''] = line.split(separator)
    if (/^\d{1,6}$/.test(index) && /^\d{1,3}$/.test(status))
      replies.set(Number(index), { status: Number(status), text: text.trim() })
  }
  return replies
}

/** @param reply - `undefined`: not asked, or no answer; the check then does not hold. */
export function answerOf(
  { question, negated, text }: Check,
  reply: Reply | undefined,
  known: Known,
): CheckAnswer {
  const { holds, actual } = answer(question, reply, known)
  return { check: text, holds: holds !== negated, actual }
}

interface Answer {
  readonly holds: boolean
  readonly actual: string
}

function answer(question: Question, reply: Reply | undefined, known: Known): Answer {
  const text = (reply?.text ?? 'no answer').slice(0, 200)
  const ok = reply?.status === 0
  switch (question.kind) {
    case 'os':
      return osAnswer(question, known.facts)
    case 'arch':
      return {
        holds: processorName(known.facts.arch) === processorName(question.arch),
        actual: known.facts.arch,
      }
    case 'var': {
      const holds = known.variables.has(question.name)
      return { holds, actual: holds ? 'set' : 'not set' }
    }
    case 'step': {
      const holds = known.passedSteps.has(question.id)
      return { holds, actual: holds ? 'passed' : 'not run' }
    }
    case 'cmd':
    case 'pkg': {
      if (!ok || question.atLeast === undefined)
        return { holds: ok, actual: ok && text === '' ? 'found' : text }
      const version = findVersion(text)
      if (version === undefined) return { holds: false, actual: 'version unknown' }
      return { holds: atLeastVersion(version, question.atLeast), actual: version }
    }
    case 'line':
      return { holds: false, actual: text }
    case 'http': {
      const status = /^\d{3}$/.test(text) ? Number(text) : 0
      const wanted = question.status
      const holds = wanted === undefined ? status >= 200 && status < 400 : status === wanted
      return { holds, actual: status > 0 ? text : 'no answer' }
    }
    case 'disk':
    case 'mem': {
      if (!/^\d{1,15}$/.test(text)) return { holds: false, actual: 'no answer' }
      const bytes = Number(text) * 1024
      return { holds: ok && bytes >= question.bytes, actual: `${(bytes / 1024 ** 3).toFixed(1)}G` }
    }
    case 'sh':
      return { holds: ok, actual: `exit ${reply?.status ?? 'unknown'}` }
    case 'user':
    case 'file':
    case 'dir':
    case 'port':
    case 'service':
    case 'enabled':
    case 'env':
    case 'net':
      return { holds: ok, actual: text === '' ? (ok ? 'yes' : 'no') : text }
    default:
      return question satisfies never
  }
}

/** `os:debian@12`: compares `ID` or `ID_LIKE`, and the version part by part. */
function osAnswer(question: Question & { readonly kind: 'os' }, facts: HostFacts): Answer {
  const { osId, osLike, osVersion } = facts
  const isSystem = osId === question.id || osLike.includes(question.id)
  const wanted = question.version
  const isVersion =
    wanted === undefined || osVersion === wanted || osVersion.startsWith(`${wanted}.`)
  return { holds: isSystem && isVersion, actual: osVersion === '' ? osId : `${osId}@${osVersion}` }
}
