/**
 * Names from outside as keys: what every object inherits is no value of them.
 */

import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { matchOutput } from '../../src/match/match-output.ts'
import { mergedNames, named, valueOf } from '../../src/model/named.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { foreignAttribute } from '../../src/parse/foreign-attributes.ts'
import { expandText } from '../../src/run/variables.ts'
import { projectWith, runCli } from '../cli/run-cli.ts'

const inherited = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
].filter((name) => name !== 'name')

const expected = (text: string) => ({
  text,
  match: 'lines' as const,
  stream: 'merged' as const,
  compare: true,
  span: undefined as never,
  fence: undefined,
})

describe.each(inherited)('`%s` as a name', (name) => {
  test('is in a map only after it was stored there', () => {
    expect(valueOf({}, name)).toBeUndefined()
    expect(valueOf(named([]), name)).toBeUndefined()
    expect(valueOf(mergedNames({ a: 1 }), name)).toBeUndefined()
    expect(valueOf(mergedNames(named([[name, 1]]), { a: 1 }), name)).toBe(1)
  })

  test('expands to no inherited value', () => {
    expect(expandText(`\${${name}}`, {})).toBe(`\${${name}}`)
    expect(expandText(`\${${name}}`, named([[name, 'x']]))).toBe('x')
  })

  test('matches no output as a value, and is captured like any other', () => {
    const names = new Set([name])
    const value = matchOutput(expected(`<$${name}>`), 'function', { names, values: {} })
    expect(value.matched).toBe(false)
    const caught = matchOutput(expected(`<${name}>`), 'x', { names, values: {} })
    expect(caught.matched).toBe(true)
    expect(valueOf(caught.captures, name)).toBe('x')
    const twice = matchOutput(expected(`<${name}>\n<${name}>`), 'x\ny', { names, values: {} })
    expect(twice.matched).toBe(false)
  })

  test('is an unknown attribute, word of a fence, check and key', () => {
    expect(foreignAttribute(name)).toBeUndefined()
    const page = `\`\`\`${name} {${name}=1 needs=${name}:x}\n\`\`\`\n\n\`\`\`bash {${name}=1 needs=${name}:x #a}\ntrue\n\`\`\`\n`
    const { runbook, diagnostics } = parseRunbook('a.md', page)
    expect(runbook.steps).toHaveLength(1)
    expect(diagnostics.map(({ code }) => code)).toContain('RB0101')
    expect(diagnostics.map(({ code }) => code)).toContain('RB0501')
  })
})

test.each(inherited.filter((name) => name !== '__proto__'))(
  '`%s` is a variable and a step like any other',
  (name) => {
    const page = `---\nvars: { ${name}: one }\nroles: { ${name}: r }\n---\n\n\`\`\`bash {#${name} captures=${name}}\necho "$${name}"\n\`\`\`\n`
    const { runbook, diagnostics } = parseRunbook('a.md', page)
    expect(diagnostics).toEqual([])
    expect(runbook.variables.map((each) => [each.name, each.default])).toEqual([[name, 'one']])
    expect(runbook.roles.map((each) => each.name)).toEqual([name])
    expect(runbook.steps[0]?.id).toBe(name)
  },
)

test('`__proto__` as a name on a page is refused everywhere', () => {
  const page =
    '---\nvars: { __proto__: one }\nroles: { __proto__: r }\n---\n\n```bash {#__proto__ captures=__proto__}\ntrue\n```\n'
  const { diagnostics } = parseRunbook('a.md', page)
  expect(diagnostics.map(({ code, span }) => [code, span.start.line])).toEqual([
    ['RB0203', 2],
    ['RB0203', 3],
    ['RB0103', 6],
    ['RB0103', 6],
  ])
})

test('such names survive a whole run and a record', async () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf']
  const steps = names.map(
    (name) =>
      `\`\`\`bash {#${name}}\necho "$${name}"\n\`\`\`\n\n\`\`\`output\n<$${name}>\n\`\`\`\n\n` +
      `\`\`\`text {#file-${name} file=out-${name} expand}\n\${${name}} \${isPrototypeOf}\n\`\`\`\n`,
  )
  const vars = names.map((name) => `  ${name}: value of ${name}\n`).join('')
  const cwd = projectWith({ 'a.md': `---\nvars:\n${vars}---\n\n${steps.join('\n')}` })
  const run = await runCli(['exec', 'a.md', '--record'], { cwd })
  expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/^recorded: .*\n$/) })
  for (const name of names)
    expect(readFileSync(`${cwd}/out-${name}`, 'utf8')).toBe(`value of ${name} \${isPrototypeOf}\n`)
  const status = await runCli(['status', '--json'], { cwd })
  expect(JSON.parse(status.stdout).pages[0].platforms[0]).toMatchObject({
    state: 'verified',
    steps: { total: 8, verified: 8 },
  })
})

/**
 * `model/named.ts` makes and reads objects whose keys come from outside; in these folders nothing
 * else indexes an object with a string that the compiler does not know.
 */
test('no plain object is indexed by a foreign name', () => {
  const folders = 'model diagnostic parse match check lint reference run record report'.split(' ')
  const files = folders
    .flatMap((folder) =>
      readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `src/${folder}/${name}`),
    )
    .filter((file) => file !== 'src/model/named.ts')
  expect(files.length).toBeGreaterThan(100)
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  })
  const checker = program.getTypeChecker()
  const found: string[] = []
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (!source) throw new Error(`not read: ${file}`)
    const note = (node: ts.Node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${file}:${line + 1} ${node.getText().slice(0, 60)}`)
    }
    const visit = (node: ts.Node): void => {
      if (ts.isElementAccessExpression(node)) {
        const key = checker.getTypeAtLocation(node.argumentExpression)
        const object = checker.getTypeAtLocation(node.expression)
        const isOpen = checker.getIndexInfoOfType(object, ts.IndexKind.String) !== undefined
        if (isOpen && (key.flags & ts.TypeFlags.String) !== 0) note(node)
      }
      if (ts.isCallExpression(node) && node.expression.getText() === 'Object.fromEntries')
        note(node)
      if (
        ts.isSpreadAssignment(node) &&
        checker.getIndexInfoOfType(
          checker.getTypeAtLocation(node.expression),
          ts.IndexKind.String,
        ) !== undefined
      )
        note(node)
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  expect(found).toEqual([])
})
