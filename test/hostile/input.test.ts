/**
 * No page takes the program down: each kind of excess is read, or refused at its place, and twice
 * the text takes about twice the steps. Steps are what V8 counts of calls and branches of ours and
 * of the libraries, so that no clock decides.
 */

import { Session } from 'node:inspector/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChecks } from '../../src/check/read-checks.ts'
import { renderDiagnostic } from '../../src/diagnostic/render-diagnostic.ts'
import { lintParsed } from '../../src/lint/lint-runbook.ts'
import { matchOutput } from '../../src/match/match-output.ts'
import { parsePage } from '../../src/parse/parse-runbook.ts'

const session = new Session()
beforeAll(async () => {
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
})
afterAll(() => session.disconnect())

/** Calls and branches since the last time. */
async function steps(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const counts = result
    .filter(({ url }) => !url.startsWith('node:') && !url.includes('vitest'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function stepsOf(work: () => void): Promise<number> {
  await steps()
  work()
  return steps()
}

const many = (text: string, count: number) => text.repeat(count)
const each = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('')
const bash = (text: string, attributes = '') => `\`\`\`bash ${attributes}\n${text}\n\`\`\`\n`
const output = (text: string, attributes = '') =>
  `${bash('true')}\n\`\`\`output ${attributes}\n${text}\n\`\`\`\n`
const matter = (text: string) => `---\n${text}\n---\n`

const pages: Readonly<Record<string, (size: number) => string>> = {
  'lines of a fence': (n) => bash(many('true\n', n)),
  'lines of an output': (n) => output(many('x\n', n)),
  'commands of a transcript': (n) => `\`\`\`console\n${many('$ true\nx\n', n)}\`\`\`\n`,
  fences: (n) => many(bash('true'), n),
  'fences under one heading each, all of the same name': (n) => many(`# a\n\n${bash('true')}\n`, n),
  'outputs that name their step': (n) =>
    each(n, (i) => `${bash('true', `{#a${i}}`)}\n\`\`\`output {for=a${i}}\nx\n\`\`\`\n\n`),
  'variants of a code group': (n) => `::: code-group\n${many(bash('true'), n)}:::\n`,
  'code groups': (n) => many(`::: code-group\n${bash('true')}:::\n\n`, n),
  'includes between fences': (n) => many(`<<< x\n\n${bash('true')}\n`, n),
  variables: (n) => matter(`vars:\n${each(n, (i) => `  V${i}: x\n`)}`),
  'variables of a wrong kind': (n) => matter(`vars:\n${each(n, (i) => `  V${i}: [x]\n`)}`),
  roles: (n) => matter(`roles:\n${each(n, (i) => `  R${i}: x\n`)}`),
  needs: (n) => matter(`needs:\n${each(n, (i) => `  - cmd:x${i}\n`)}`),
  'nested lists': (n) => each(Math.min(n, 450), (i) => `${many('  ', i)}- a\n`),
  'nested quotes': (n) => `${many('> ', n)}a\n`,
  'nested lists of one line': (n) => `${many('- ', n)}a\n`,
  attributes: (n) => bash('true', `{${many(' timeout=5s', n)}}`),
  'unknown attributes': (n) => bash('true', `{${each(n, (i) => ` at${i}=x`)}}`),
  'a long info string': (n) => bash('true', many('x{', n)),
  parentheses: (n) => bash(`${many('( ', n)}true${many(' )', n)}`),
  substitutions: (n) => bash(`echo ${many('$(echo ', n)}x${many(')', n)}`),
  sums: (n) => bash(`echo $((1${many('+1', n)}))`),
  'functions of functions': (n) => bash(`${many('f() ', n)}true`),
  coproc: (n) => bash(`${many('coproc ', n)}true`),
  'open conditions': (n) => bash(many('if true; then\n', n)),
  'here-documents': (n) => bash(many('cat <<E\nE\n', n)),
  'nested JSON': (n) => output(many('[', n) + many(']', n), '{match=json}'),
  'holes of JSON that are none': (n) => output(`<${many('a>', n)}`, '{match=json}'),
  'wrong regexes': (n) => output(many('<:(>\n', n)),
  'holes that stay open': (n) => output(many('<:', 4 * n)),
  'slashes of a check': (n) => bash('true', `{when=line:${many('/ab', n)}}`),
  'checks of lines that stay open': (n) => bash('true', `{when="${many('line:/a:/ ', n)}"}`),
  'unknown checks': (n) => bash('true', `{when="${many('foo:x ', n)}"}`),
  tasks: (n) => many('- [ ] a\n', n),
  'one line': (n) => `${many('a b ', n)}\n`,
  'marks of one heading': (n) => `# ${many('*a', 4 * n)}\n`,
  'blank lines': (n) => many('\n', n),
}

const project = {
  inherited: new Set<string>(),
  hasRecord: false,
  find: () => 'unknown' as const,
  refusedImage: () => undefined,
}

function read(text: string): readonly string[] {
  const page = parsePage('p.md', text)
  const found = lintParsed(page, project)
  for (const diagnostic of found) {
    expect(diagnostic.span.start.line).toBeGreaterThan(0)
    renderDiagnostic(diagnostic, text)
  }
  return found.map(({ code }) => code)
}

describe('twice the text takes about twice the steps', () => {
  test.each(Object.entries(pages))('%s', { timeout: 60_000 }, async (_, make) => {
    read(make(10))
    const [small, large] = [make(400), make(800)]
    const one = await stepsOf(() => read(small))
    const two = await stepsOf(() => read(large))
    // A square would be four times.
    expect(two).toBeLessThan(one * 2.9 + 20_000)
  })
})

describe('very large input is parsed, or refused with a reason', () => {
  test.each<readonly [string, string, string | undefined]>([
    ['130,000 lines in a fence', bash(many('true\n', 130_000)), undefined],
    ['nested lists', pages['nested lists']?.(400) ?? '', 'RB0702'],
    ['nested quotes', `${many('> ', 100_000)}a\n`, 'RB0702'],
    ['attributes', bash('true', `{${many(' timeout=5s', 100_000)}}`), 'RB0702'],
    ['parentheses', bash(`${many('( ', 20_000)}true${many(' )', 20_000)}`), 'RB0301'],
    ['functions', bash(`${many('f() ', 20_000)}true`), 'RB0301'],
    ['sums', bash(`echo $((1${many('+1', 20_000)}))`), 'RB0301'],
    ['nested JSON', output(many('[', 100_000), '{match=json}'), 'RB0402'],
    ['nested YAML', matter(`a: ${many('[', 20_000)}`), 'RB0'],
    [
      'aliases that multiply',
      matter(`a0: &a0 x\n${each(40, (i) => `a${i + 1}: &a${i + 1} [${many(`*a${i},`, 9)}]\n`)}`),
      'RB0201',
    ],
  ])('%s', { timeout: 60_000 }, (_, text, code) => {
    const codes = parsePage('p.md', text).diagnostics.map((found) => found.code)
    const isAsSaid =
      code === undefined ? codes.length === 0 : codes.some((found) => found.startsWith(code))
    expect(isAsSaid).toBe(true)
  })

  test('realistic input is not refused', () => {
    const lists = each(40, (i) => `${many('  ', i)}- a\n`)
    const numbers = each(300, (i) => `${i}. a\n   - b\n`)
    const art = bash(each(90, (i) => `# ${many(' ', i)}- x\n`) + 'true')
    expect(parsePage('p.md', `${lists}\n${numbers}\n${art}`).diagnostics).toEqual([])
  })
})

describe('checks of lines are read as before', () => {
  test.each([
    ['line:/a:/b/', ['line:/a:/b/']],
    ['line:/a:/b c/ cmd:x', ['line:/a:/b c/', 'cmd:x']],
    ['!line:/a:/b\\/ c/ port:1', ['!line:/a:/b\\/ c/', 'port:1']],
    ['cmd:x sh:a line:/a:/b/ ', ['cmd:x', 'sh:a line:/a:/b/']],
    ['line:a:/b/ line:/c:/d e/', ['line:a:/b/', 'line:/c:/d e/']],
  ])('%s', (value, texts) => {
    const { checks, problems } = readChecks(value)
    expect([checks.map(({ text }) => text), problems]).toEqual([texts, []])
  })
})

test('a JSON value that nests too deep matches no hole, and does not crash', () => {
  const actual = many('[', 50_000) + many(']', 50_000)
  const expected = { match: 'json' as const, stream: 'merged' as const, compare: true }
  const rest = { span: undefined as never, fence: undefined }
  const names = { names: new Set<string>(), values: {} }
  expect(matchOutput({ text: '<...>', ...expected, ...rest }, actual, names).captures).toEqual({})
})
