import { describe, expect, test } from 'vitest'
import { checkSentence, unmetSentence } from '../../src/check/check-sentence.ts'
import { checkForms, readChecks } from '../../src/check/read-checks.ts'

const place = { line: 1, column: 1, offset: 0 }
const span = { start: place, end: place }

describe('every check', () => {
  test.each(Object.entries(checkForms))(
    '%s reads its own example and has a sentence',
    (kind, form) => {
      const { checks, problems } = readChecks(form.example)
      expect(problems).toEqual([])
      expect(checks.map(({ question }) => question.kind)).toEqual([kind])
      for (const { question, negated, text } of checks) {
        const check = { question, negated, text, span }
        expect(checkSentence(check, 'zh')).toMatch(/[\u4e00-\u9fff]/)
        expect(checkSentence(check, 'en')).toMatch(/^[a-z/]/i)
      }
    },
  )
})

describe('several checks', () => {
  test('are separated by blanks; `sh:` takes the rest, and a line its blanks', () => {
    const { checks } = readChecks("!cmd:git>=2.20 line:/etc/x:/a b/ mem>=1G sh:mysql -e 'use shop'")
    expect(checks.map(({ text, negated }) => [text, negated])).toEqual([
      ['!cmd:git>=2.20', true],
      ['line:/etc/x:/a b/', false],
      ['mem>=1G', false],
      ["sh:mysql -e 'use shop'", false],
    ])
  })

  test('with errors are reported one by one, with their positions', () => {
    const { problems } = readChecks('cmd:git prot:80 port:0 file:')
    expect(problems.map(({ kind, text, start, end }) => [kind, text, start, end])).toEqual([
      ['unknown', 'prot', 8, 15],
      ['wrong', 'port:0', 16, 22],
      ['wrong', 'file:', 23, 28],
    ])
  })

  test.each([
    ['http:http://localhost:8000/=200', { url: 'http://localhost:8000/', status: 200 }],
    ['http:http://x/?a=200x', { url: 'http://x/?a=200x', status: undefined }],
    ['http:https://x/?q=1=404', { url: 'https://x/?q=1', status: 404 }],
    ['net:[::1]:22', { host: '[::1]', port: 22 }],
    ['os:centos@7', { id: 'centos', version: '7' }],
    ['disk:/var>=1.5G', { path: '/var', bytes: 1.5 * 1024 ** 3 }],
  ])('%s is parsed as one check', (text, wanted) => {
    expect(readChecks(text).checks[0]?.question).toMatchObject(wanted)
  })
})

const answers: readonly [string, string, string, string][] = [
  [
    'os:debian@12',
    'centos@7',
    'the system is `centos@7`, not `debian@12`',
    '系统是 `centos@7`，不是 `debian@12`',
  ],
  ['!os:debian', 'debian@12', 'the system is `debian` (debian@12)', '系统是 `debian`（debian@12）'],
  [
    'arch:x86_64',
    'aarch64',
    'the processor is `aarch64`, not `x86_64`',
    '处理器架构是 `aarch64`，不是 `x86_64`',
  ],
  ['user:root', 'app', 'logged in as `app`, not `root`', '登录的用户是 `app`，不是 `root`'],
  ['cmd:x', 'not found', 'command `x` not found', '没有命令 `x`'],
  [
    'cmd:x>=2',
    '1.9',
    'command `x` has version 1.9; needed is 2 or newer',
    '命令 `x` 的版本是 1.9，需要不低于 2',
  ],
  [
    'cmd:x>=2',
    'version unknown',
    'the version of command `x` is unknown; needed is 2 or newer',
    '命令 `x` 的版本未知，需要不低于 2',
  ],
  ['!cmd:x', 'found', 'command `x` exists', '有命令 `x`'],
  ['pkg:x', 'not installed', 'package `x` is not installed', '没有安装软件包 `x`'],
  [
    'pkg:x',
    'no package manager known',
    'package `x`: the host has neither dpkg nor rpm',
    '软件包 `x`：主机没有 dpkg 和 rpm，无法查询',
  ],
  ['!pkg:x', '1.2-3', 'package `x` is installed (1.2-3)', '已安装软件包 `x`（1.2-3）'],
  ['file:/x', 'missing', 'file `/x` does not exist', '文件 `/x` 不存在'],
  ['file:/x', 'a folder', '`/x` is a folder, not a file', '`/x` 是目录，不是文件'],
  ['!file:/x', 'yes', 'file `/x` exists', '文件 `/x` 存在'],
  ['dir:/x', 'a file', '`/x` is a file, not a folder', '`/x` 是文件，不是目录'],
  [
    'line:/x:/a b/',
    'no such line',
    'no line of `/x` matches `/a b/`',
    '`/x` 中没有匹配 `/a b/` 的行',
  ],
  [
    'line:/x:/a b/',
    'missing',
    'file `/x` is missing or unreadable',
    '文件 `/x` 不存在，或无法读取',
  ],
  [
    '!line:/x:/a/',
    'cut after 9 bytes',
    'not known whether no line of `/x` matches `/a/` (cut after 9 bytes)',
    '这个检查无法判断：`/x` 中没有匹配 `/a/` 的行（cut after 9 bytes）',
  ],
  ['port:80', 'not listening', 'no program listens on port 80', '端口 80 没有程序在监听'],
  ['!port:80', 'yes', 'a program listens on port 80', '端口 80 有程序在监听'],
  ['service:x', 'failed', 'service `x` is not active (failed)', '服务 `x` 启动失败'],
  [
    'enabled:x',
    'disabled',
    'service `x` does not start at boot (disabled)',
    '服务 `x` 没有设为开机启动（disabled）',
  ],
  ['env:X', 'not set', 'environment variable `X` is not set', '环境变量 `X` 没有设置'],
  ['var:X', 'not set', 'variable `X` has no value', '变量 `X` 没有值'],
  ['net:h:80', 'not reachable', 'port 80 of `h` is not reachable', '连不上 `h` 的 80 端口'],
  [
    'http:http://h/=200',
    '404',
    '`http://h/` answered 404, not 200',
    '`http://h/` 返回 404，不是 200',
  ],
  ['http:http://h/', 'no answer', '`http://h/` does not answer', '`http://h/` 没有应答'],
  ['disk:/>=20G', '17.2G', '`/` has 17.2G free; needed is 20G', '`/` 只有 17.2G 空闲，需要 20G'],
  ['mem>=2G', '1.0G', 'the memory is 1.0G; needed is 2G', '内存只有 1.0G，需要 2G'],
  ['step:01-a.md', 'not run', 'page `01-a.md` has not passed', '页面 `01-a.md` 没有完成'],
  [
    'sh:test -e x',
    'exit 1',
    'command `test -e x` failed with status 1',
    '命令 `test -e x` 失败，退出状态 1',
  ],
  ['!sh:test -e x', 'exit 0', 'command `test -e x` succeeds', '命令 `test -e x` 成功'],
  [
    'file:/x',
    'no answer',
    'the host did not answer whether file `/x` exists',
    '主机没有回答这个检查：文件 `/x` 存在',
  ],
]

describe('a check that does not hold says what is wrong', () => {
  test.each(answers)('%s (%s)', (text, found, english, chinese) => {
    const [check] = readChecks(text).checks
    if (!check) throw new Error('this is a check')
    const placed = { ...check, span }
    expect(unmetSentence(placed, found, 'en')).toBe(english)
    expect(unmetSentence(placed, found, 'zh')).toBe(chinese)
  })

  test('has a case here for every kind', () => {
    const kinds = answers.flatMap(([text]) =>
      readChecks(text).checks.map(({ question }) => question.kind),
    )
    expect([...new Set(kinds)].toSorted()).toEqual(Object.keys(checkForms).toSorted())
  })
})

test('a check with `!` has its own sentence in both languages', () => {
  for (const { example } of Object.values(checkForms)) {
    const [check] = readChecks(`!${example}`).checks
    if (!check) throw new Error('this is a check')
    const positive = { ...check, span, negated: false }
    for (const lang of ['zh', 'en'] as const) {
      const sentence = checkSentence({ ...check, span }, lang)
      expect(sentence).not.toBe(checkSentence(positive, lang))
      expect(sentence).not.toMatch(/^(?:not: |不成立)/)
    }
  }
})
