import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { atTerminal, type SeatedPerson } from './at-terminal.ts'
import { projectWith } from './run-cli.ts'

const step = (id: string, text: string, attributes = '') =>
  `\`\`\`bash {#${id}${attributes === '' ? '' : ` ${attributes}`}}\n${text}\n\`\`\`\n`

const file = (attributes: string) =>
  `\`\`\`ini {#conf file=conf.ini ${attributes}}\n[a]\nport = 2\n\`\`\`\n`

interface Question {
  readonly page: string
  readonly flags: readonly string[]
  /** What stands above the question, in this order. */
  readonly above: readonly string[]
  readonly ends: RegExp
  /** What is typed: first something wrong, then what ends the question. */
  readonly typed: readonly [string, string]
}

const questions: Readonly<Record<string, Question>> = {
  'a manual step': {
    page: '- [ ] open port 3306 at the provider \n',
    flags: [],
    above: ['a#', '@HOST · a.md:1', 'open port 3306 at the provider'],
    ends: /\[d\] done {2}\[s\] skip {2}\[q\] quit:$/,
    typed: ['x', 'd'],
  },
  'a dangerous step': {
    page: step('drop', 'echo one > dropped\necho two', 'danger="the database"'),
    flags: [],
    above: [
      'a#drop',
      '@HOST · a.md:1',
      '$ echo one > dropped',
      '$ echo two',
      'loses: the database',
    ],
    ends: /type drop to continue, q to stop:$/,
    typed: ['dorp', 'drop'],
  },
  'a dangerous file': {
    page: file('danger="the port"'),
    flags: [],
    above: ['a#conf', '@HOST · a.md:1', 'conf.ini', '+1 −1', '-port = 1', '+port = 2', 'loses:'],
    ends: /type conf to continue, q to stop:$/,
    typed: ['', 'conf'],
  },
  'a step of --step': {
    page: step('first', 'echo "hello\nworld"'),
    flags: ['--step'],
    above: ['a#first', '@HOST · a.md:1', '$ echo "hello', '> world"'],
    ends: /q quit {2}\? help:$/,
    typed: ['nonsense', 'r'],
  },
  'a file of --step': {
    page: file(''),
    flags: ['--step'],
    above: ['a#conf', '@HOST · a.md:1', 'conf.ini', '+1 −1', '-port = 1', '+port = 2'],
    ends: /q quit {2}\? help:$/,
    typed: ['y', 'r'],
  },
  'a failure': {
    page: step('flaky', 'test -e mended'),
    flags: ['--step'],
    above: ['a#flaky', '@HOST · a.md:1', '$ test -e mended'],
    ends: /flaky {2}\[r\] try again {2}\[s\] skip {2}\[q\] quit:$/,
    typed: ['', 's'],
  },
}

const cases = Object.entries(questions).flatMap(([name, question]) =>
  [80, 120].flatMap((columns) =>
    ['one host', 'two hosts'].map((hosts) => ({ name, columns, hosts, question })),
  ),
)

/** Two hosts that are this computer, each in a folder of its own, as a user may configure them. */
/** Tests run at the same time: a folder stays until all of them are over. */
const cleanUps: (() => void)[] = []
const atEnd = (clean: () => void) => void cleanUps.push(clean)
afterAll(() => {
  for (const clean of cleanUps) clean()
})

function projectOf(page: string): string {
  const cwd = projectWith({ 'a.md': page, 'conf.ini': '[a]\nport = 1\n' }, atEnd)
  const lab = (name: string) =>
    `  ${name}: { command: [bash, -c, "cd ${cwd}; HOME=${cwd} exec bash"] }\n`
  const config = projectWith(
    { 'runbook/config.yml': `hosts:\n${lab('lab1')}${lab('lab2')}` },
    atEnd,
  )
  writeFileSync(join(cwd, 'config-home'), config)
  return cwd
}

function sit(cwd: string, flags: readonly string[], columns: number): SeatedPerson {
  const env = {
    XDG_CONFIG_HOME: readFileSync(join(cwd, 'config-home'), 'utf8'),
    XDG_STATE_HOME: join(cwd, 'state'),
  }
  return atTerminal(['exec', 'a.md', '--lang', 'en', ...flags], { cwd, columns, env })
}

function expectInOrder(text: string, parts: readonly string[]): void {
  let at = 0
  for (const part of parts) {
    const found = text.indexOf(part, at)
    expect(found, `${part} in\n${text}`).toBeGreaterThanOrEqual(0)
    at = found + part.length
  }
}

describe('while a question is open', () => {
  test.concurrent.each(cases)(
    '$name on $hosts at $columns columns: the facts are above it, and nothing else is drawn',
    { timeout: 60_000 },
    async ({ question, columns, hosts }) => {
      const { page, flags, above, ends, typed } = question
      const cwd = projectOf(page)
      const isFleet = hosts === 'two hosts'
      const names = isFleet ? ['lab1', 'lab2'] : ['local']
      const on = isFleet ? ['--host', 'lab1,lab2'] : []
      const person = sit(cwd, [...flags, ...on], columns)
      if (ends === questions['a failure']?.ends) {
        for (const [index] of names.entries()) {
          await person.waitFor(new RegExp(`(?:help:[^]*){${index}}help:$`))
          person.type('r\n')
        }
      }
      for (let asked = 0; asked < names.length; asked++) {
        // Each question before was asked twice.
        const text = ends.source.replace(/\$$/, '')
        await person.waitFor(new RegExp(`(?:${text}[^]*){${asked * 2}}${text}$`))
        const screen = person.screen()
        const shown = screen.slice(Math.max(0, screen.lastIndexOf(` ${above[0]}`)))
        const host = /@(\w+) · /.exec(shown)?.[1] ?? ''
        expect(names).toContain(host)
        expectInOrder(
          shown,
          above.map((part) => part.replace('HOST', host)),
        )
        // The ticker of the live view goes once a second.
        expect(await person.quiet(1300)).toBe('')
        person.type(`${typed[0]}\n`)
        await person.waitFor(new RegExp(`type one of:.*\\n.*${ends.source}`))
        person.type(`${typed[1]}\n`)
      }
      await person.ended()
      const last = person.screen()
      expect(last).toMatch(/run \d{8}-\d{4}-\w+/)
      // What was asked stays readable in its place: no line of the view was written into it.
      for (const line of last.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
    },
  )
})

describe('Ctrl-D at a question', () => {
  test.concurrent.each([
    ['a manual step', 1],
    ['a dangerous step', 1],
    ['a dangerous file', 1],
    ['a step of --step', 130],
  ] as const)('stops the run: %s', async (name, code) => {
    const question = questions[name]
    if (!question) throw new Error(`${name} is asked above`)
    const { page, flags, ends } = question
    const cwd = projectOf(page)
    const person = sit(cwd, flags, 80)
    await person.waitFor(ends)
    person.type('\u0004')
    expect(await person.ended()).toBe(code)
    expect(person.screen()).not.toContain('fault of runbook')
  })

  test.concurrent('gives no value, and the program names the missing one', async () => {
    const cwd = projectOf(`---\nvars: { DB: { ask: the database } }\n---\n${step('x', 'echo $DB')}`)
    const person = sit(cwd, [], 80)
    await person.waitFor(/the database \(DB\):$/)
    person.type('\u0004')
    expect(await person.ended()).toBe(2)
    expect(person.screen()).toContain('the variable `DB` has no value')
  })
})

/** One host asks at once; the other prints and fails first. */
async function withTwo(flags: readonly string[], other: string) {
  const page = `${step('a', other, 'when="env:OTHER"')}- [ ] look at it\n${step('b', 'echo over')}`
  const cwd = projectWith({ 'a.md': page }, atEnd)
  const lab = (name: string, env: string) =>
    `  ${name}: { command: [bash, -c, "${env} HOME=${cwd} exec bash"] }\n`
  const config = projectWith({
    'runbook/config.yml': `hosts:\n${lab('asks', '')}${lab('works', 'OTHER=1')}`,
  })
  writeFileSync(join(cwd, 'config-home'), config)
  const person = sit(cwd, ['--host', 'asks,works', ...flags], 120)
  await person.waitFor(/\[q\] quit:$/)
  return { cwd, person }
}

describe('output of another host during a question', () => {
  test('is shown after the answer, in the plain view too', async () => {
    const { person } = await withTwo(['--reporter', 'plain'], 'sleep 2; echo from-the-other; false')
    expect(await person.quiet(4000)).toBe('')
    expect(person.screen()).not.toContain('│ from-the-other')
    person.type('d\n')
    await person.ended()
    expect(person.screen()).toContain('│ from-the-other')
  })

  test('is in the journal at once, except a flood, which waits', async () => {
    const { cwd, person } = await withTwo(
      ['--reporter', 'plain'],
      'sleep 1; head -c 3000000 /dev/zero | tr "\\0" "x" | fold -w 100; echo; echo the-\'\'end',
    )
    expect(await person.quiet(4000)).toBe('')
    const folder = join(cwd, '.runbook/runs')
    const [run = ''] = readdirSync(folder)
    const events = readFileSync(join(folder, run, 'events.jsonl'), 'utf8')
    expect(events).toContain('"kind":"output"')
    expect(events).not.toContain('the-end')
    person.type('d\n')
    await person.waitFor(/the-end[^]*\[q\] quit:$/)
    person.type('d\n')
    await person.ended()
    expect(person.screen()).toContain('the-end')
  })
})
