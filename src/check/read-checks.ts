/**
 * Reads the checks of an attribute or a front-matter value: `cmd:git>=2.20 !port:80 sh:COMMAND`.
 *
 * Knows the vocabulary and its spelling; asking a host is `check-script.ts`.
 */

import type { Question } from '../model/check.ts'

/** One check with its place in the value that it was read from. */
export interface ReadCheck {
  readonly question: Question
  readonly negated: boolean
  readonly text: string
  /** From 0, in the value. */
  readonly start: number
  readonly end: number
}

/** What is wrong with a check, with its place in the value. */
export interface CheckProblem {
  readonly kind: 'unknown' | 'wrong'
  /** The kind that was written, or the whole check. */
  readonly text: string
  /** What the check takes. */
  readonly usage: string
  readonly start: number
  readonly end: number
}

type Reader = (argument: string) => Question | undefined

const unit = /^[A-Za-z0-9@._:\\-]+$/
const variableName = /^[A-Za-z_]\w*$/

interface CheckForm {
  /** How it is written. */
  readonly usage: string
  readonly read: Reader
}

/** Every check there is, by the word before its colon. */
export const checkForms: Readonly<Record<Question['kind'], CheckForm>> = {
  os: {
    usage: 'os:ID[@VERSION]',
    read: (argument) => {
      const [, id = '', version] = /^([a-z][\w.-]*)(?:@([\w.]+))?$/.exec(argument) ?? []
      return id === '' ? undefined : { kind: 'os', id, version }
    },
  },
  arch: { usage: 'arch:NAME', read: (arch) => (arch === '' ? undefined : { kind: 'arch', arch }) },
  user: { usage: 'user:NAME', read: (user) => (user === '' ? undefined : { kind: 'user', user }) },
  cmd: { usage: 'cmd:NAME[>=VERSION]', read: (argument) => readVersioned('cmd', argument) },
  pkg: { usage: 'pkg:NAME[>=VERSION]', read: (argument) => readVersioned('pkg', argument) },
  file: { usage: 'file:PATH', read: (path) => (path === '' ? undefined : { kind: 'file', path }) },
  dir: { usage: 'dir:PATH', read: (path) => (path === '' ? undefined : { kind: 'dir', path }) },
  line: {
    usage: 'line:PATH:/REGEX/',
    read: (argument) => {
      const [, path = '', pattern = ''] = /^(.+?):\/(.*)\/$/s.exec(argument) ?? []
      return path === '' || pattern === '' ? undefined : { kind: 'line', path, pattern }
    },
  },
  port: {
    usage: 'port:NUMBER',
    read: (argument) => {
      const port = readPort(argument)
      return port === undefined ? undefined : { kind: 'port', port }
    },
  },
  service: {
    usage: 'service:UNIT',
    read: (name) => (unit.test(name) ? { kind: 'service', unit: name } : undefined),
  },
  enabled: {
    usage: 'enabled:UNIT',
    read: (name) => (unit.test(name) ? { kind: 'enabled', unit: name } : undefined),
  },
  env: {
    usage: 'env:NAME',
    read: (name) => (variableName.test(name) ? { kind: 'env', name } : undefined),
  },
  var: {
    usage: 'var:NAME',
    read: (name) => (variableName.test(name) ? { kind: 'var', name } : undefined),
  },
  net: {
    usage: 'net:HOST:PORT',
    read: (argument) => {
      const [, host = '', digits = ''] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(argument) ?? []
      const port = readPort(digits)
      return host === '' || port === undefined ? undefined : { kind: 'net', host, port }
    },
  },
  http: {
    usage: 'http:URL[=STATUS]',
    read: (argument) => {
      const [, url = '', status] = /^(.+?)(?:=(\d{3}))?$/.exec(argument) ?? []
      if (!URL.canParse(url) || !/^https?:/.test(url)) return undefined
      return { kind: 'http', url, status: status === undefined ? undefined : Number(status) }
    },
  },
  disk: {
    usage: 'disk:PATH>=SIZE',
    read: (argument) => {
      const [, path = '', size = ''] = /^(.+)>=(.+)$/.exec(argument) ?? []
      const bytes = readSize(size)
      return path === '' || bytes === undefined ? undefined : { kind: 'disk', path, bytes }
    },
  },
  mem: {
    usage: 'mem>=SIZE',
    read: (argument) => {
      const bytes = readSize(argument.replace(/^>=/, ''))
      return bytes === undefined ? undefined : { kind: 'mem', bytes }
    },
  },
  step: { usage: 'step:ID', read: (id) => (id === '' ? undefined : { kind: 'step', id }) },
  sh: {
    usage: 'sh:COMMAND',
    read: (command) => (command.trim() === '' ? undefined : { kind: 'sh', command }),
  },
}

/** Reads all checks of a value. Blanks separate them; `sh:` takes the rest. */
export function readChecks(value: string): {
  readonly checks: readonly ReadCheck[]
  readonly problems: readonly CheckProblem[]
} {
  const checks: ReadCheck[] = []
  const problems: CheckProblem[] = []
  for (const { text, start } of splitChecks(value)) {
    const end = start + text.length
    const negated = text.startsWith('!')
    const body = negated ? text.slice(1) : text
    const [, kind = '', argument = ''] = /^([a-z]+)(?::|(?=>=))(.*)$/s.exec(body) ?? []
    if (!isKind(kind)) {
      const word = /^[^:>]*/.exec(body)?.[0] ?? body
      problems.push({ kind: 'unknown', text: word, usage: '', start, end })
      continue
    }
    const { usage, read } = checkForms[kind]
    const question = read(argument)
    if (question) checks.push({ question, negated, text, start, end })
    else problems.push({ kind: 'wrong', text, usage, start, end })
  }
  return { checks, problems }
}

function splitChecks(value: string): readonly { readonly text: string; readonly start: number }[] {
  const found: { text: string; start: number }[] = []
  // A line's regex may hold blanks: it ends at a `/` that a blank or the end follows.
  const check = /(?:!?sh:.*|!?line:[^\s/]*(?:\/[^\s:]*)*:\/(?:\\.|[^\\])*?\/(?=\s|$)|\S+)/gsu
  for (const match of value.matchAll(check))
    found.push({ text: match[0].trimEnd(), start: match.index })
  return found
}

function isKind(kind: string): kind is Question['kind'] {
  return Object.hasOwn(checkForms, kind)
}

function readVersioned(kind: 'cmd' | 'pkg', argument: string): Question | undefined {
  const [, name = '', atLeast] = /^([^\s<>=]+)(?:>=(\d[\w.+~:-]*))?$/.exec(argument) ?? []
  return name === '' ? undefined : { kind, name, atLeast }
}

function readPort(digits: string): number | undefined {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0
  return port >= 1 && port <= 65_535 ? port : undefined
}

const bytesPerUnit = new Map([
  ['K', 1024],
  ['M', 1024 ** 2],
  ['G', 1024 ** 3],
  ['T', 1024 ** 4],
])

function readSize(text: string): number | undefined {
  const [, amount = '', size = ''] = /^(\d+(?:\.\d+)?)([KMGT])$/.exec(text) ?? []
  const scale = bytesPerUnit.get(size)
  return scale === undefined ? undefined : Math.ceil(Number(amount) * scale)
}
