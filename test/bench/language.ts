/**
 * What the language costs: whole processes against `node -e 0`, and in one process against the bare
 * Markdown parser.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { diffOutput } from '../../src/match/diff-output.ts'
import { matchOutput } from '../../src/match/match-output.ts'
import type { ExpectedOutput } from '../../src/model/expected.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { measure, type Contender } from './measure.ts'

const rounds = 11

/** @param program - The built command line. */
export async function benchLanguage(program: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-bench-'))
  try {
    writeFileSync(join(folder, 'runbook.yml'), 'pages: .\n')
    writeFileSync(join(folder, 'small.md'), pageOf(10))
    const node = run('node', ['-e', '0'])
    const version = run('version', [program, '--version'])
    const list = run('list', [program, 'list', 'small.md'])
    const medians = await measure([node, version, list], { rounds, cwd: folder })
    const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
    show('runbook --version / node -e 0', of(version) / of(node))
    show('runbook list, a small page / node -e 0 (aim: at most 1.4)', of(list) / of(node))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  benchParser()
  benchMatcher()
}

function run(name: string, args: readonly string[]): Contender {
  return { name, command: process.execPath, args }
}

function benchParser(): void {
  const bare = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml'])
  const [page, half] = [pageOf(1000), pageOf(500)]
  const [theirs, whole, halved] = medianOf([
    () => bare.parse(page),
    () => parseRunbook('page.md', page),
    () => parseRunbook('page.md', half),
  ])
  show('10,000 lines, 1,000 fences / bare unified parse', whole / theirs)
  show('10,000 lines / 5,000 lines', whole / halved)
  process.stdout.write(
    `${'parsing one step more'.padEnd(54)} ${((whole - halved) / 500).toFixed(2)} ms  (aim: at most 0.25 ms)\n`,
  )
}

function benchMatcher(): void {
  const printed = lines(10_000, (index) => `line ${index} of ${index % 200}`)
  const wanted = lines(200, (index) => (index % 4 === 0 ? '...' : `line <:\\d+> of ${index}`))
  const worst = lines(200, (index) => (index % 4 === 0 ? '...' : '<...>line<...>'))
  const names = { names: new Set<string>(), values: {} }
  const [literal, holes, hardest] = medianOf([
    () => matchOutput(expectation(printed), printed, names),
    () => matchOutput(expectation(wanted), printed, names),
    () => matchOutput(expectation(worst), `${printed}\nno`, names),
  ])
  show('200 lines with 50 wildcards / 10,000 literal lines', holes / literal)
  show('its worst case / 10,000 literal lines', hardest / literal)
  const [difference] = medianOf([() => diffOutput(expectation(wanted), `${printed}\nno`, names)])
  show('the difference / 10,000 literal lines', difference / literal)
}

/** Medians of milliseconds; the tasks take turns. */
function medianOf<const T extends readonly (() => unknown)[]>(
  tasks: T,
): { readonly [K in keyof T]: number } {
  const times: number[][] = tasks.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const start = performance.now()
      task()
      times[index]?.push(performance.now() - start)
    }
  }
  const medians = times.map((all) => all.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0)
  return medians as { readonly [K in keyof T]: number }
}

function show(what: string, value: number): void {
  process.stdout.write(`${what.padEnd(54)} ${value.toFixed(2)} ×\n`)
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

function pageOf(steps: number): string {
  return `# Page\n\n${lines(steps, sectionOf)}`
}

function sectionOf(index: number): string {
  return (
    `## 第 ${index} 节\n\n先安装 **软件** \`pkg\`, see [link](https://example.com/).\n\n` +
    `\`\`\`bash {#s${index} timeout=30s}\necho ${index} && pwd\ncat <<E\n$x\nE\n\`\`\`\n`
  )
}

function expectation(text: string): ExpectedOutput {
  const start = { line: 1, column: 1, offset: 0 }
  return {
    text,
    match: 'lines',
    stream: 'merged',
    compare: true,
    span: { start, end: start },
    fence: undefined,
  }
}
