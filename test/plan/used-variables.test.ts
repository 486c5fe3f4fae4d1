import { describe, expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { resolveVariables } from '../../src/plan/resolve-variables.ts'
import { isUndoOnly, usedVariables } from '../../src/plan/used-variables.ts'

/** A page whose step `x` is as given, with one that names no variable and one that names both. */
function pageWith(step: string) {
  const { runbook } = parseRunbook(
    'a.md',
    `---\nvars: { PW: {}, OTHER: {} }\n---\n${step}\n\`\`\`bash {#rest}\ntrue\n\`\`\`\n\`\`\`bash {#both}\necho $PW $OTHER\n\`\`\`\n`,
  )
  return runbook
}

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\``

describe('a step uses a variable', () => {
  test.each([
    ['in a command', fence('bash {#x}', 'echo "$PW"')],
    ['in braces', fence('bash {#x}', 'echo "${PW:-none}"')],
    ['in arithmetic', fence('bash {#x}', 'echo $((PW + 1))')],
    ['by another program', fence('bash {#x}', 'printenv PW')],
    ['in a transcript', fence('console {#x}', '$ echo $PW')],
    ['in a dialog', `${fence('bash {#x}', 'login')}\n${fence('dialog', 'Password: => $PW')}`],
    ['in standard input', fence('python {#x run=python3}', 'print(environ["PW"])')],
    ['in the command of a block', fence('sql {#x run="mysql -p$PW"}', 'SELECT 1')],
    ['in a file with expand', fence('ini {#x file=/x expand}', 'pw=${PW}')],
    ['in a check', fence('bash {#x needs="sh:test $PW"}', 'true')],
    ['in what must hold after', fence('bash {#x ensures="sh:test $PW"}', 'true')],
    ['in the output', `${fence('bash {#x}', 'true')}\n${fence('output', 'is <$PW>')}`],
  ])('%s', (_, step) => {
    const used = usedVariables(pageWith(step), ({ id }) => id === 'x')
    expect([...used]).toEqual(['PW'])
  })

  test.each([
    ['part of a longer name', fence('bash {#x}', 'echo $PWD MY_PW')],
    ['a long option', fence('bash {#x}', 'tool --PW')],
    ['a file without expand', fence('ini {#x file=/x}', 'pw=${PW}')],
    ['a patch', fence('diff {#x file=/x}', '--- a\n+++ b\n@@ -1 +1 @@\n-a\n+${PW}')],
    ['an expected text', `${fence('bash {#x}', 'true')}\n${fence('output', 'PW $PW')}`],
  ])('but does not use it as %s', (_, step) => {
    expect([...usedVariables(pageWith(step), ({ id }) => id === 'x')]).toEqual([])
  })

  test('that no step names, if it runs a program, which may read the environment', () => {
    const { runbook } = parseRunbook(
      'a.md',
      `---\nvars: { PW: {} }\n---\n${fence('bash {#x}', './deploy.sh')}\n${fence('ini {#f file=/x}', 'a')}\n`,
    )
    expect([...usedVariables(runbook, ({ id }) => id === 'x')]).toEqual(['PW'])
    expect([...usedVariables(runbook, ({ id }) => id === 'f')]).toEqual([])
  })

  test('of the conditions of its page', () => {
    const { runbook } = parseRunbook(
      'a.md',
      `---\nvars: { PW: {} }\nneeds: ['sh:test "$PW"']\n---\n${fence('bash {#x}', 'true')}\n${fence('bash {#y}', 'echo $PW')}\n`,
    )
    expect([...usedVariables(runbook, ({ id }) => id === 'x')]).toEqual(['PW'])
  })
})

test('a step that undoes another is not part of a run of the page', () => {
  const { runbook } = parseRunbook(
    'a.md',
    `${fence('bash {#x undo=un-x}', 'true')}\n${fence('bash {#un-x}', 'true')}\n`,
  )
  expect(runbook.steps.map((step) => isUndoOnly(runbook, step))).toEqual([false, true])
})

describe('a value is taken', () => {
  const { runbook } = parseRunbook(
    'a.md',
    `---\nvars: { A: { default: a }, B: {}, C: { secret: true }, D: {}, E: {}, F: {} }\n---\n${fence('bash {#first captures=D}', 'true')}\n${fence('output', '<D>')}\n${fence('bash {#x}', 'echo $A $B $C $D $E')}\n`,
  )
  const given = {
    project: { A: 'p' },
    varsFile: {},
    environment: { B: 'b' },
    flags: {},
    commands: new Set(['E']),
  }
  const sources = (isTaken: (id: string) => boolean) =>
    resolveVariables([runbook], given, (_, { id }) => isTaken(id)).used.map(
      ({ name, source, secret }) => `${name} ${source}${secret ? ' secret' : ''}`,
    )

  test('from the strongest source, else from a command, a step, or a person', () => {
    expect(sources(() => true)).toEqual([
      'A project',
      'B environment',
      'C person secret',
      'D step',
      'E command secret',
      'F person',
    ])
  })

  test('from a person, if the step that would set it is not selected', () => {
    expect(sources((id) => id === 'x')).toContain('D person')
  })
})
