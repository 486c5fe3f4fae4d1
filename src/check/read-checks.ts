/**
 * Parses the checks of an attribute or a front matter value: `cmd:git>=2.20 !port:80 sh:COMMAND`.
 *
 * Asking a host is in `ask-checks.ts`.
 */

import type { Question } from '../model/check.ts'

/** A check and its range in the value. */
export interface ReadCheck {
  readonly question: Question
  readonly negated: boolean
  readonly text: string
  /** Offset in the value. */
  readonly start: number
  readonly end: number
}

/** An error in a check, and its range in the value. */
export interface CheckProblem {
  /** `joined`: several checks without a blank between them. */
  readonly kind: 'unknown' | 'wrong' | 'joined'
  /** The kind as written, or the whole check. */
  readonly text: string
  /** The form that the check takes. */
  readonly usage: string
  readonly start: number
  readonly end: number
}

type Reader = (argument: string) => Question | undefined

const unit = /^[A-Za-z0-9@._:\\-]+$/
/** A program in PATH, not a path to a file. */
const commandName = /^[A-Za-z0-9_[][\w.+@:[-]*$/
const variableName = /^[A-Za-z_]\w*$/

export interface CheckForm {
  /** Its syntax. */
  readonly usage: string
  readonly zh: string
  readonly en: string
  readonly example: string
  readonly read: Reader
}

/** Every kind of check, by the word before its colon. */
export const checkForms: Readonly<Record<Question['kind'], CheckForm>> = {
  os: {
    usage: 'os:ID[@VERSION]',
    zh: '系统的名称；同类系统（ID_LIKE）也算',
    en: 'the system, or a similar one (ID_LIKE)',
    example: 'os:centos@7',
    read: (argument) => {
      const [, id = '', version] = /^([a-z][\w.-]*)(?:@([\w.]+))?$/.exec(argument) ?? []
      return id === '' ? undefined : { kind: 'os', id, version }
    },
  },
  arch: {
    usage: 'arch:NAME',
    zh: '处理器架构',
    en: 'the architecture of the processor',
    example: 'arch:x86_64',
    read: (arch) => (arch === '' ? undefined : { kind: 'arch', arch }),
  },
  user: {
    usage: 'user:NAME',
    zh: '登录的用户',
    en: 'the login user',
    example: 'user:root',
    read: (user) => (user === '' ? undefined : { kind: 'user', user }),
  },
  cmd: {
    usage: 'cmd:NAME[>=VERSION]',
    zh: '有这个命令，可以要求最低版本',
    en: 'the command exists, in that version or newer',
    example: 'cmd:git>=2.20',
    read: (argument) => {
      const question = readVersioned('cmd', argument)
      return question?.kind === 'cmd' && commandName.test(question.name) ? question : undefined
    },
  },
  pkg: {
    usage: 'pkg:NAME[>=VERSION]',
    zh: '已安装这个软件包',
    en: 'the package is installed, in that version or newer',
    example: 'pkg:mariadb-server>=10.5',
    read: (argument) => readVersioned('pkg', argument),
  },
  file: {
    usage: 'file:PATH',
    zh: '文件存在',
    en: 'the file exists',
    example: 'file:/etc/my.cnf',
    read: (path) => (path === '' ? undefined : { kind: 'file', path }),
  },
  dir: {
    usage: 'dir:PATH',
    zh: '目录存在',
    en: 'the folder exists',
    example: 'dir:/srv/app',
    read: (path) => (path === '' ? undefined : { kind: 'dir', path }),
  },
  line: {
    usage: 'line:PATH:/REGEX/',
    zh: '文件中有一行匹配',
    en: 'a line of the file matches',
    example: 'line:/etc/hosts:/db/',
    read: (argument) => {
      const [, path = '', pattern = ''] = /^(.+?):\/(.*)\/$/s.exec(argument) ?? []
      return path === '' || pattern === '' ? undefined : { kind: 'line', path, pattern }
    },
  },
  port: {
    usage: 'port:NUMBER',
    zh: '端口有程序在监听',
    en: 'a program listens on the port',
    example: 'port:3306',
    read: (argument) => {
      const port = readPort(argument)
      return port === undefined ? undefined : { kind: 'port', port }
    },
  },
  service: {
    usage: 'service:UNIT',
    zh: '服务正在运行',
    en: 'the service is active',
    example: 'service:mysqld',
    read: (name) => (unit.test(name) ? { kind: 'service', unit: name } : undefined),
  },
  enabled: {
    usage: 'enabled:UNIT',
    zh: '服务开机自启动',
    en: 'the service starts at boot',
    example: 'enabled:mysqld',
    read: (name) => (unit.test(name) ? { kind: 'enabled', unit: name } : undefined),
  },
  env: {
    usage: 'env:NAME',
    zh: '环境变量已设置',
    en: 'the environment variable is set',
    example: 'env:JAVA_HOME',
    read: (name) => (variableName.test(name) ? { kind: 'env', name } : undefined),
  },
  var: {
    usage: 'var:NAME',
    zh: '页面的变量有值',
    en: 'the variable of the page has a value',
    example: 'var:DB_NAME',
    read: (name) => (variableName.test(name) ? { kind: 'var', name } : undefined),
  },
  net: {
    usage: 'net:HOST:PORT',
    zh: '能连上主机的端口',
    en: 'the port of the host can be reached',
    example: 'net:mirror:443',
    read: (argument) => {
      const [, host = '', digits = ''] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(argument) ?? []
      const port = readPort(digits)
      return host === '' || port === undefined ? undefined : { kind: 'net', host, port }
    },
  },
  http: {
    usage: 'http:URL[=STATUS]',
    zh: '网址返回成功，或指定的状态',
    en: 'the address answers with success, or with that status',
    example: 'http:http://localhost:8000/=200',
    read: (argument) => {
      const [, url = '', status] = /^(.+?)(?:=(\d{3}))?$/.exec(argument) ?? []
      if (!URL.canParse(url) || !/^https?:/.test(url)) return undefined
      return { kind: 'http', url, status: status === undefined ? undefined : Number(status) }
    },
  },
  disk: {
    usage: 'disk:PATH>=SIZE',
    zh: '磁盘有这么多空闲',
    en: 'the disk has that much free space',
    example: 'disk:/var>=2G',
    read: (argument) => {
      const [, path = '', size = ''] = /^(.+)>=(.+)$/.exec(argument) ?? []
      const bytes = readSize(size)
      return path === '' || bytes === undefined ? undefined : { kind: 'disk', path, bytes }
    },
  },
  mem: {
    usage: 'mem>=SIZE',
    zh: '内存有这么大',
    en: 'the memory has at least that size',
    example: 'mem>=1G',
    read: (argument) => {
      const bytes = readSize(argument.replace(/^>=/, ''))
      return bytes === undefined ? undefined : { kind: 'mem', bytes }
    },
  },
  step: {
    usage: 'step:ID',
    zh: '步骤或页面已完成',
    en: 'the step or the page has passed',
    example: 'step:install',
    read: (id) => (id === '' ? undefined : { kind: 'step', id }),
  },
  sh: {
    usage: 'sh:COMMAND',
    zh: '命令成功；它占去剩下的全部，所以写在最后',
    en: 'the command succeeds; it takes the rest of the value',
    example: 'sh:mysql -e "use shop"',
    read: (command) => (command.trim() === '' ? undefined : { kind: 'sh', command }),
  },
}

/** Parses all checks of a value. Blanks separate them; `sh:` takes the rest. */
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
    const takesAnything = kind === 'sh' || (kind === 'line' && question !== undefined)
    const mark = takesAnything ? undefined : joiningMark(text)
    if (mark !== undefined) problems.push({ kind: 'joined', text: mark, usage, start, end })
    else if (question) checks.push({ question, negated, text, start, end })
    else problems.push({ kind: 'wrong', text, usage, start, end })
  }
  return { checks, problems }
}

const joining = new RegExp(`[,;，；、](?:$|\\s*!?(?:${Object.keys(checkForms).join('|')})(?::|>=))`)

/** A comma or similar at a check's end, or before the next check. */
function joiningMark(text: string): string | undefined {
  return joining.exec(text)?.[0].slice(0, 1)
}

function splitChecks(value: string): readonly { readonly text: string; readonly start: number }[] {
  const found: { text: string; start: number }[] = []
  const word = /\S+/g
  /** False once no closing `/` is left: one search serves all checks of the value. */
  let mayClose = true
  for (let match = word.exec(value); match; match = word.exec(value)) {
    const start = match.index
    let end = word.lastIndex
    if (/^!?sh:/.test(match[0])) end = value.trimEnd().length
    const [opening] = /^!?line:[^:]*:\//.exec(match[0]) ?? []
    if (opening !== undefined && mayClose) {
      const close = regexEnd(value, start + opening.length)
      mayClose = close !== undefined
      end = close ?? end
    }
    found.push({ text: value.slice(start, end), start })
    word.lastIndex = end
  }
  return found
}

/** A line's regex may hold blanks: it ends at a `/` before a blank or the end. */
function regexEnd(value: string, from: number): number | undefined {
  for (let at = from; at < value.length; at++) {
    if (value[at] === '\\') at++
    else if (value[at] === '/' && /^\s?$/.test(value[at + 1] ?? '')) return at + 1
  }
  return undefined
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
