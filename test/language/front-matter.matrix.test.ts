/**
 * Every key of the front matter: on the page its effect in a run of the built program, or in what it
 * lists. A key that is added to the table fails here until it has its case.
 */

import { describe, expect, test } from 'vitest'
import {
  type FrontMatterKey,
  frontMatterTable,
  frontMatterKeys,
} from '../../src/parse/front-matter-table.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { type CliResult, projectWith, runCli } from '../cli/run-cli.ts'

interface KeyCase {
  /** The front matter with the key, and without it. */
  readonly given: string
  readonly without: string
  readonly page?: string
  readonly files?: Readonly<Record<string, string>>
  /** Default: `exec a.md`. */
  readonly words?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Holds with the key and not without it. */
  readonly effect: (result: CliResult) => boolean
}

const step = (text: string) => `\`\`\`bash {#x}\n${text}\n\`\`\`\n`
const passed = ({ code }: CliResult) => code === 0
const says =
  (text: string) =>
  ({ stdout }: CliResult) =>
    stdout.includes(text)
const wants =
  (text: string) =>
  ({ code, stderr }: CliResult) =>
    code === 2 && stderr.includes(text)

const cases: Readonly<Record<FrontMatterKey, KeyCase>> = {
  title: {
    given: 'title: The page',
    without: 'layout: doc',
    words: ['list'],
    effect: says('a.md · The page'),
  },
  lang: { given: 'lang: zh', without: 'lang: fr', effect: says('通过') },
  requires: {
    given: 'requires: [b.md]',
    without: 'layout: doc',
    files: { 'b.md': step('true') },
    effect: ({ code, stdout }) => code === 1 && stdout.includes('b.md'),
  },
  provides: {
    given: 'provides: [file:b.md]',
    without: 'layout: doc',
    // What the page `c.md` requires is met by what `a.md` provides.
    files: { 'b.md': '', 'c.md': `---\nrequires: [a.md]\n---\n${step('true')}` },
    words: ['exec', 'c.md'],
    effect: passed,
  },
  needs: {
    given: 'needs: [file:absent]',
    without: 'layout: doc',
    effect: ({ code }) => code === 1,
  },
  roles: { given: 'roles: { vm: target }', without: 'layout: doc', effect: wants('the role `vm`') },
  'roles.title': {
    given: 'roles: { vm: { title: the target } }',
    without: 'roles: { vm: {} }',
    effect: wants('(the target)'),
  },
  'roles.host': {
    given: 'roles: { vm: { host: local } }',
    without: 'roles: { vm: {} }',
    effect: passed,
  },
  vars: {
    given: 'vars: { A: one }',
    without: 'layout: doc',
    page: step('echo "is ${A-not set}"'),
    effect: says('is one'),
  },
  'vars.default': {
    given: 'vars: { A: { default: one } }',
    without: 'vars: { A: {} }',
    page: step('echo "is $A"'),
    effect: says('is one'),
  },
  'vars.secret': {
    given: 'vars: { A: { secret: true } }',
    without: 'vars: { A: {} }',
    page: step('echo "is $A"'),
    env: { RUNBOOK_VAR_A: 'plumtree' },
    effect: ({ stdout }) => stdout.includes('is ***') && !stdout.includes('plumtree'),
  },
  'vars.ask': {
    given: 'vars: { A: { ask: which one } }',
    without: 'vars: { A: {} }',
    words: ['list', '--json'],
    effect: says('"ask": "which one"'),
  },
  'vars.desc': {
    given: 'vars: { A: { desc: which one } }',
    without: 'vars: { A: {} }',
    words: ['list', '--json'],
    effect: says('"ask": "which one"'),
  },
  'vars.pattern': {
    given: 'vars: { A: { pattern: "[0-9]+" } }',
    without: 'vars: { A: {} }',
    env: { RUNBOOK_VAR_A: 'one' },
    effect: wants('does not match'),
  },
  'vars.address': {
    given: 'roles: { vm: { host: local } }\nvars: { A: { address: vm } }',
    without: 'roles: { vm: { host: local } }\nvars: { A: {} }',
    page: step('echo "is $A"'),
    effect: says('is localhost'),
  },
  dir: { given: 'dir: /usr', without: 'layout: doc', page: step('pwd'), effect: says('│ /usr\n') },
  tags: {
    given: 'tags: [mine, other]',
    without: 'layout: doc',
    words: ['exec', 'a.md', '--tag', 'mine'],
    effect: passed,
  },
}

describe.concurrent('an accepted key has its effect', () => {
  test.for(Object.entries(cases))('%s', async ([, found], { onTestFinished }) => {
    const { given, without, page = step('true'), files, words = ['exec', 'a.md'], env = {} } = found
    const runWith = (matter: string) => {
      const cwd = projectWith(
        { 'a.md': `---\n${matter}\n---\n\n${page}`, ...files },
        onTestFinished,
      )
      return runCli([...words], { cwd, env })
    }
    const seen = await runWith(given)
    expect({ hasEffect: found.effect(seen), ...seen }).toMatchObject({ hasEffect: true })
    const other = await runWith(without)
    expect({ hasEffect: found.effect(other), ...other }).toMatchObject({ hasEffect: false })
  })
})

test('every key has its case', () => {
  expect(Object.keys(cases)).toEqual(Object.keys(frontMatterTable))
})

describe('a misplaced key is refused', () => {
  const nested = Object.keys(frontMatterTable).filter((key) => key.includes('.'))

  // `title` is a key of the page too, and `desc` one of other tools.
  test.each(nested.filter((key) => !['roles.title', 'vars.desc'].includes(key)))(
    '%s at the top',
    (key) => {
      expect(codesOf(`${key.replace(/^.*\./, '')}: x`)).toContain('RB0202')
    },
  )

  const inner = frontMatterKeys.filter((key) => key !== 'title')
  test.each([...inner, 'title'])('%s in a variable', (key) => {
    expect(codesOf(`vars: { A: { ${key}: x } }`)).toContain('RB0202')
  })
  test.each(inner)('%s in a role', (key) => {
    expect(codesOf(`roles: { vm: { ${key}: x } }`)).toContain('RB0202')
  })
})

function codesOf(matter: string): readonly string[] {
  return parseRunbook('a.md', `---\n${matter}\n---\n`).diagnostics.map(({ code }) => code)
}
