/**
 * Foreign text when it is drawn: one hostile text through every sink. A new sink gets a row.
 */

import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visibleJson, visibleText } from '../../src/text/visible-text.ts'
import type { StampedEvent } from '../../src/model/run-event.ts'
import { githubReporter } from '../../src/report/github-reporter.ts'
import { paletteFor } from '../../src/report/style.ts'
import { program, projectWith, runCli } from '../cli/run-cli.ts'

const clear = '\u001b[2J'
const link = '\u001b]8;;http://x\u0007'
const csi = '\u009b31m'
const unseen = String.fromCodePoint(
  0x200b,
  0x200d,
  0x200e,
  0x202e,
  0x2066,
  0x2028,
  0x2060,
  0xfeff,
  0xad,
  0x34f,
  0x61c,
  0x115f,
  0x1160,
  0x3164,
  0xffa0,
  0x17b4,
  0x180e,
  0x2800,
  0x2000,
  0xfe0f,
  0xfffc,
  0xe0041,
  0xe007f,
  0xe0100,
  0x1bca0,
  0x1d173,
  0x1d159,
  0x13441,
  0x16fe4,
  0xfffe,
)
/** No line end, so that it can stand anywhere. */
const hostile = `x${clear}${link}${csi}${unseen}y`

/** Independent of what is tested: what may not reach a terminal, a log or a file as it is. */
function hiddenIn(text: string): readonly string[] {
  return Array.from(text).filter(
    (character) =>
      character !== '\n' &&
      (/[\p{C}\p{DI}\p{Zl}\p{Zp}]/u.test(character) || hostile.slice(1, -1).includes(character)) &&
      !/[ -~]/.test(character),
  )
}

describe('an invisible character is drawn as an escape', () => {
  test.each(Array.from(clear + csi + unseen).filter((each) => !/[ -~]/.test(each)))(
    '%j',
    (each) => {
      expect(visibleText(`a${each}b`)).toMatch(/^a\\(?:x[\da-f]{2}|u\{[\da-f]+\})b$/)
      expect(JSON.parse(visibleJson(`a${each}b`))).toBe(`a${each}b`)
      expect(hiddenIn(visibleJson([each]))).toEqual([])
    },
  )

  test('half of a surrogate pair is drawn as an escape too', () => {
    expect(visibleText('a\ud800b\udc00')).toBe('a\\u{d800}b\\u{dc00}')
  })

  test('any text', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        // Joiners that belong to what is seen are tested below.
        const plain = text.replaceAll(/\u200c|\u200d|\ufe0e|\ufe0f/g, '')
        expect(
          hiddenIn(visibleText(plain)).filter(
            (each) =>
              !/[\p{Cn}\p{Co}]|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u.test(
                each,
              ),
          ),
        ).toEqual([])
        expect(JSON.parse(visibleJson(text))).toBe(text)
      }),
    )
  })
})

describe('honest text stays as it is', () => {
  test.each([
    ['Chinese', '安装　数据库：完成。（3 个）'],
    ['a family, a heart, a flag, a keycap', '👨‍👩‍👧 ❤️ 🏳️‍🌈 1️⃣ 👍🏽 🧑🏽‍🚒 ©️'],
    ['Persian with joiners', 'می‌خواهم'],
    ['Hindi with joiners', 'क्‍ष क्‌ष'],
    ['Arabic signs before numbers', '\u0600١٢'],
    ['no-break blanks of French', '1\u202f234\u00a0€'],
    ['an accent of two characters', 'e\u0301'],
    ['a private character of a font', '\ue0b0'],
  ])('%s', (_, text) => {
    expect(visibleText(text)).toBe(text)
  })

  test.each([
    ['a joiner between Latin letters', 'a\u200db'],
    ['two joiners in a row', 'می\u200c\u200cخ'],
    ['a joiner at the end', 'می\u200c'],
    ['a second selector', '❤\ufe0f\ufe0f'],
    ['a selector after a letter', 'a\ufe0f'],
    ['a selector of Han, which selects nothing that is seen', '中\u{e0100}'],
    ['tags behind a flag', '🏴\u{e0067}\u{e007f}'],
  ])('but %s is drawn', (_, text) => {
    expect(visibleText(text)).toContain('\\u{')
  })
})

const quoted = JSON.stringify(hostile)
const page = `---
title: ${quoted}
roles: { vm: ${quoted} }
vars: { NAME: { default: ${quoted}, desc: ${quoted} } }
tags: [${quoted}]
---

# ${hostile}

\`\`\`bash {#good title=${quoted} when="file:/ unless=file:/${hostile}" }
echo '${hostile}'; echo "  ::add-mask::x"; echo "##[add-mask]x"
\`\`\`

\`\`\`output
${hostile} before
\`\`\`

\`\`\`text {${hostile}=1 outptu}
\`\`\`

[a](${hostile})

\`\`\`bash {#worse ${hostile}}
true
\`\`\`

- [ ] ${hostile}
`
const running = `---
title: ${quoted}
---

# ${hostile}

\`\`\`bash {#good title=${quoted} needs="dir:/"}
printf '%s\\n' '${hostile}' '  ::add-mask::x' 'a ##[add-mask]x'
\`\`\`

\`\`\`bash {#made run="bash -s" unless="file:/nothing/${hostile.replaceAll(/\s|http:/gu, '')}"}
echo '${hostile}' >&2
\`\`\`

\`\`\`bash {#bad}
echo '${hostile}'
\`\`\`

\`\`\`output
${hostile} is not it
\`\`\`
`
const file = `p${hostile.replaceAll('/', '')}.md`

const hosts = `Host ${hostile.replaceAll(/\s/gu, '')}\n  HostName 127.0.0.1\n`

function project(): string {
  return projectWith({
    [file]: running,
    'broken.md': page,
    hosts,
    'runbook.yml': `pages: .\nssh-config: hosts\nvars: { A: ${quoted} }\n`,
  })
}

const sinks: readonly (readonly string[])[] = [
  ['list'],
  ['list', '--json'],
  ['list', hostile],
  ...['human', 'json', 'sarif', 'github'].map((format) => ['lint', '--format', format]),
  ...['text', 'markdown', 'json'].map((format) => ['plan', file, '--format', format]),
  ['plan', 'broken.md'],
  ['plan', file, '--host', hostile],
  ['exec', file],
  ['exec', file, '--json'],
  ['exec', `${file}#${hostile}`],
  ['exec', file, '--var', `${hostile}=1`],
  ['exec', file, '--reporter', hostile],
  ...['plain', 'json', 'junit', 'markdown', 'github'].flatMap((name) => [
    ['exec', file, '--reporter', name],
    ['exec', file, '--reporter', name, '--lang', 'zh'],
    ['report', '--reporter', name],
  ]),
  ['show'],
  ['show', '--json'],
  ['show', hostile],
  ['runs'],
  ['runs', '--json'],
  ['runs', '--forget', hostile],
  ['resume', hostile],
  ['undo', hostile],
  ['exec', file, '--record=partial'],
  ['status'],
  ['status', '--json'],
  ['sync'],
  ['sync', file],
  ['host'],
  ['host', '--json'],
  ['host', hostile],
  ['host', hostile, '--check', '--no-input'],
  ['host', hosts.split(/\s/)[1] ?? ''],
  ['explain', hostile],
  ['site', 'build', hostile],
  [hostile],
  ['list', `--${hostile}`],
]

describe('no command prints a foreign control or invisible character', () => {
  test('any of them, in one project, one after the other', { timeout: 240_000 }, async () => {
    const cwd = project()
    const found: unknown[] = []
    for (const args of sinks) {
      const { stdout, stderr, code } = await runCli(args, { cwd })
      const hidden = new Set(hiddenIn(stdout + stderr))
      if (hidden.size > 0) found.push([args, [...hidden].map((each) => each.codePointAt(0))])
      if (code === 4) found.push([args, stderr])
    }
    expect(found).toEqual([])
  })

  test('the test reaches every sink: the escaped text is in each', async () => {
    const cwd = project()
    const shown = '\\x1b[2J'
    for (const args of [['list'], ['lint', '--format', 'github'], ['exec', file]]) {
      const { stdout, stderr } = await runCli(args, { cwd })
      expect(stdout + stderr).toContain(shown)
    }
    const recorded = await runCli(['exec', file, '--record=partial', '--update'], { cwd })
    expect(recorded.stdout).toContain(shown)
    expect((await runCli(['sync', file], { cwd })).stdout).toContain(shown)
    expect((await runCli(['status'], { cwd })).stdout).toContain(shown)
  })

  test('the overview of a terminal', async () => {
    const { stdout } = await atTerminal([], project())
    expect(stdout).toContain('\\x1b[2J')
    expect(stdout).not.toContain(clear)
    for (const each of [csi, ...Array.from(unseen)]) expect(stdout).not.toContain(each)
  })

  test.each([
    ['shown', 'false'],
    ['hidden', 'true'],
  ])('a question whose answer is %s', async (_, secret) => {
    const ask = `vars: { V: { secret: ${secret}, ask: ${quoted} } }`
    const cwd = projectWith({ 'a.md': `---\n${ask}\n---\n\`\`\`bash {#a}\necho "$V"\n\`\`\`\n` })
    const { stdout } = await atTerminal(['exec', 'a.md'], cwd)
    expect(stdout).toContain('\\x1b[2J')
    expect(stdout).not.toContain(clear)
    for (const each of [csi, ...Array.from(unseen)]) expect(stdout).not.toContain(each)
  })
})

/** At a real terminal of `script`; a person that answers `answer`. */
async function atTerminal(args: readonly string[], cwd: string): Promise<{ stdout: string }> {
  writeFileSync(
    join(cwd, 'go.sh'),
    `exec ${[process.execPath, program, ...args].map((each) => `'${each}'`).join(' ')}\n`,
  )
  const env = { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8', TERM: 'xterm', CI: '' }
  const child = promisify(execFile)('script', ['-qec', 'bash go.sh', '/dev/null'], { cwd, env })
  setTimeout(() => child.child.stdin?.write('answered\n'), 1500)
  setTimeout(() => child.child.stdin?.end(), 4000)
  return child.catch((error: { stdout: string }) => error)
}

/** As GitHub's runner reads a line. */
const isCommand = (line: string) => /^\s*::/.test(line) || line.includes('##[')

describe('the log of GitHub', () => {
  const spoken = [
    '::add-mask::x',
    ' ::add-mask::x',
    '\t::set-env name=a::b',
    '\u3000::error::x',
    '##[add-mask]x',
    'a ##[add-mask]x',
    '##vso[task.setvariable variable=a]b',
    "##teamcity[message text='x']",
    '::stop-commands::x',
    '::endgroup::',
  ]
  const at = '2026-01-01T00:00:00Z'
  const of = (host: string, step: string) => ({ host, step, at, v: 1, seq: 0 })
  const eventsOf = (hostNames: readonly string[]): readonly StampedEvent[] => {
    const steps = hostNames.map((host) => ({
      step: 'p#a',
      host,
      title: '::add-mask::t',
      file: 'p.md',
      line: 1,
    }))
    const each = (make: (host: string) => object) => hostNames.map(make)
    const events: object[] = [
      {
        kind: 'run-started',
        run: 'r',
        at,
        hosts: hostNames.map((name) => ({ name, address: '::add-mask::h', platform: 'x' })),
        steps,
        runbooks: ['p.md'],
      },
      ...each((host) => ({ kind: 'step-started', ...of(host, 'p#a'), user: 'u', variant: null })),
      ...each((host) => ({
        kind: 'command-started',
        ...of(host, 'p#a'),
        index: 0,
        text: spoken.join('\n'),
      })),
      ...spoken.flatMap((line) =>
        each((host) => ({
          kind: 'output',
          ...of(host, 'p#a'),
          index: 0,
          stream: 'stdout',
          text: `${line} of ${host}\n`,
        })),
      ),
      ...each((host) => ({
        kind: 'command-ended',
        ...of(host, 'p#a'),
        index: 0,
        exit: 1,
        durationMs: 1,
      })),
      ...each((host) => ({
        kind: 'step-ended',
        ...of(host, 'p#a'),
        status: 'failed',
        reason: 'exit-status',
        message: '##[add-mask]m\n::add-mask::m',
        durationMs: 1,
        diff: undefined,
      })),
      {
        kind: 'run-ended',
        at,
        status: 'failed',
        exit: 1,
        counts: {
          passed: 0,
          changed: 0,
          confirmed: 0,
          skipped: 0,
          failed: 1,
          cancelled: 0,
          lost: 0,
          notRun: 0,
        },
      },
    ]
    return events as unknown as readonly StampedEvent[]
  }
  const logOf = (hostNames: readonly string[]): readonly string[] => {
    let log = ''
    const reporter = githubReporter({
      stopToken: 'token',
      before: [],
      runbooks: [],
      pageNeeds: [],
      sources: new Map(),
      lang: 'en',
      lastMs: () => undefined,
      columns: () => Infinity,
      program: 'runbook',
      palette: paletteFor({ colour: false, unicode: true }),
      write: (text) => (log += text),
    })
    for (const event of eventsOf(hostNames)) reporter.handle(event)
    return log.split('\n')
  }
  const known = /^::(?:group::|endgroup::$|stop-commands::token$|token::$|error file=)/

  test.each([[['a']], [['a', 'b', 'c']]])('executes no line of %j', (hostNames) => {
    const log = logOf(hostNames)
    expect(log.filter((line) => isCommand(line) && !known.test(line))).toEqual([])
    let isStopped = false
    const misplaced = log.filter((line) => {
      if (line === '::stop-commands::token') isStopped = true
      else if (line === '::token::') isStopped = false
      else return line !== '' && known.test(line) === isStopped
      return false
    })
    expect(misplaced).toEqual([])
    expect(isStopped).toBe(false)
  })

  test('has lines of one host per group, and the group names the host', () => {
    const log = logOf(['a', 'b', 'c'])
    const groups = log.join('\n').split('::group::').slice(1)
    expect(groups).toHaveLength(3)
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      const [group = ''] = groups[index]?.split('\n::endgroup::\n') ?? []
      expect(group).toMatch(new RegExp(`^${name} · p#a`))
      expect(group.match(/ of [abc]$/gm)).toEqual(spoken.map(() => ` of ${name}`))
    }
  })

  test('each run has its own random word', async () => {
    const cwd = projectWith({ 'a.md': '```bash\ntrue\n```\n' })
    const word = async () =>
      /^::stop-commands::(\w{32})$/m.exec(
        (await runCli(['exec', 'a.md', '--reporter', 'github'], { cwd })).stdout,
      )?.[1]
    const [one, two] = [await word(), await word()]
    expect(one).toBeDefined()
    expect(one).not.toBe(two)
  })

  test('and a Markdown report contain no command', async () => {
    const cwd = projectWith({ 'a.md': running.replace('{#good', '{#good exit=3') })
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') }
    await runCli(['exec', 'a.md', '--reporter', 'github'], { cwd, env })
    const summary = readFileSync(join(cwd, 'summary.md'), 'utf8')
    expect(summary).toContain('add-mask')
    expect(summary.split('\n').filter(isCommand)).toEqual([])
    expect(hiddenIn(summary)).toEqual([])
  })
})
