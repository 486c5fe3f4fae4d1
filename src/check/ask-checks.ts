/**
 * Checks as one script for a host, and the host's answers read back.
 *
 * The script's text is constant for each kind of check; what a page wrote travels as environment
 * variables. It only reads. Its bash is that of 4.2, and it needs no tool that a minimal system
 * lacks: ports are read from /proc, addresses are opened by bash itself.
 */

import { RE2JS } from 're2js'
import type { Check, CheckAnswer, Question } from '../model/check.ts'
import { decodeBase64 } from '../model/base64.ts'
import type { HostFacts } from '../model/host.ts'
import { atLeastVersion, findVersion } from './version.ts'

/** What is known without asking the host. */
export interface Known {
  readonly facts: HostFacts
  /** Names of variables that have a value. */
  readonly variables: ReadonlySet<string>
  /** Addresses or ids of steps that have passed on this host. */
  readonly passedSteps: ReadonlySet<string>
}

export interface AskScript {
  readonly script: string
  readonly env: Readonly<Record<string, string>>
}

const separator = '\u001f'

const library = String.raw`
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
rb_ask_line() { local p; p=$(rb_path "$1"); [ -r "$p" ] && [ ! -d "$p" ] || { echo 'missing'; return 1; }; head -c 1048576 -- "$p" | base64 | tr -d '\n'; }
rb_ask_port() {
  local p a b s x; p=$(printf '%04X' "$1")
  for x in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$x" ] || continue
    while read -r a b s x; do case $b in (*:"$p") case $x in (0A*) return 0 ;; esac ;; esac; done < <(while read -r n l r t z; do echo "$n $l $r $t"; done <"$x")
  done
  echo 'nobody listens'; return 1
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
  o=$(rb_ask_"$2" "${'$'}{!a}" "${'$'}{!b}" 2>/dev/null </dev/null); r=$?
  o=${'$'}{o//[[:cntrl:]]/ }; [ "$2" = line ] || o=${'$'}{o:0:200}
  printf '%s\037%s\037%s\n' "$1" "$r" "$o"
}
set +eu
`

/**
 * One script that asks all of the checks that a host must answer; `undefined` where none must.
 */
export function askScript(checks: readonly Check[]): AskScript | undefined {
  const env: Record<string, string> = {}
  const lines: string[] = []
  for (const [index, { question }] of checks.entries()) {
    const asked = argumentsOf(question)
    if (!asked) continue
    env[`RUNBOOK_ASK_${index}_A`] = asked[0] ?? ''
    env[`RUNBOOK_ASK_${index}_B`] = asked[1] ?? ''
    lines.push(`rb_answer ${index} ${question.kind}`)
  }
  return lines.length === 0 ? undefined : { script: `${library}${lines.join('\n')}\n`, env }
}

/** What a kind of check needs to know; `undefined` where the host is not asked. */
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
    case 'line':
    case 'disk':
      return [question.path]
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

/**
 * The answers to `checks`, in their order.
 *
 * @param output - What the script of `askScript` printed for the same checks; a check that it does
 *   not answer does not hold.
 */
export function readAnswers(
  checks: readonly Check[],
  output: string,
  known: Known,
): readonly CheckAnswer[] {
  const replies = new Map<number, { readonly status: number; readonly text: string }>()
  for (const line of output.split('\n')) {
    const [index = '', status = '', text = ''] = line.split(separator)
    if (/^\d{1,6}$/.test(index) && /^\d{1,3}$/.test(status))
      replies.set(Number(index), { status: Number(status), text: text.trim() })
  }
  return checks.map((check, index) => {
    const { holds, actual } = answer(check.question, replies.get(index), known)
    return { check: check.text, holds: holds !== check.negated, actual }
  })
}

interface Answer {
  readonly holds: boolean
  readonly actual: string
}

function answer(
  question: Question,
  reply: { readonly status: number; readonly text: string } | undefined,
  known: Known,
): Answer {
  const said = reply?.text ?? 'no answer'
  // No more is asked for, but for a file's lines.
  const text = question.kind === 'line' ? said : said.slice(0, 200)
  const ok = reply?.status === 0
  switch (question.kind) {
    case 'os':
      return osAnswer(question, known.facts)
    case 'arch':
      return { holds: known.facts.arch === question.arch, actual: known.facts.arch }
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
    case 'line': {
      if (!ok) return { holds: false, actual: text }
      const bytes = decodeBase64(text)
      if (!bytes) return { holds: false, actual: 'no answer' }
      const content = new TextDecoder().decode(bytes)
      const pattern = RE2JS.compile(question.pattern)
      const holds = content.split('\n').some((line) => pattern.matcher(line).find())
      return { holds, actual: holds ? 'found' : 'no such line' }
    }
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

/** `os:debian@12`: the id, or one that the system calls itself like; the version by its parts. */
function osAnswer(question: Question & { readonly kind: 'os' }, facts: HostFacts): Answer {
  const { osId, osLike, osVersion } = facts
  const isSystem = osId === question.id || osLike.includes(question.id)
  const wanted = question.version
  const isVersion =
    wanted === undefined || osVersion === wanted || osVersion.startsWith(`${wanted}.`)
  return { holds: isSystem && isVersion, actual: osVersion === '' ? osId : `${osId}@${osVersion}` }
}
