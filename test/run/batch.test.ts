import { describe, expect, test } from 'vitest'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import type { HostSession } from '../../src/run/ports.ts'
import type { RunOptions } from '../../src/run/run-options.ts'
import { runOn } from './run-on.ts'
import { scriptedHost } from './scripted-host.ts'

/** The commands of each batch that a run of the page sends. */
async function batchesOf(
  page: string,
  given: Partial<RunOptions> = {},
): Promise<readonly (readonly string[])[]> {
  const seen: (readonly string[])[] = []
  let now = 0
  const vm: HostSession = {
    ...scriptedHost(),
    run(batch, signal) {
      seen.push(batch.map(({ command }) => command))
      return scriptedHost().run(batch, signal)
    },
  }
  const { runbook, diagnostics } = parseRunbook('p.md', page)
  expect(diagnostics.filter(isError)).toEqual([])
  await runOn([vm], runbook, {
    options: { yes: true, ...given },
    clock: { nowMs: () => now++ * 60_000, sleep: async () => {} },
    prompt: {
      confirm: async () => 'yes',
      step: async () => ({ kind: 'run' }),
      failure: async () => undefined,
    },
  })
  return seen
}

const step = (commands: string, attributes = ''): string =>
  `\`\`\`bash {#s${commands.replaceAll(/\W/g, '-')}${attributes}}\n${commands}\n\`\`\`\n`
const output = (text: string): string => `\`\`\`output\n${text}\n\`\`\`\n`

describe('a batch', () => {
  test('has the commands of one step', async () => {
    const page = step('a\nb\nc') + step('d\ne')
    expect(await batchesOf(page)).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ])
  })

  test('never includes the next step, whatever that is', async () => {
    expect(await batchesOf(step('a') + step('b') + step('c'))).toEqual([['a'], ['b'], ['c']])
  })

  test.each([
    ['restarts the host', step('a\nb', ' reboot')],
    ['answers questions', `${step('a\nb')}\`\`\`dialog\nx => y\n\`\`\`\n`],
  ])('is one command where the step %s', async (_, page) => {
    expect((await batchesOf(page))[0]).toEqual(['a'])
  })

  test('has all commands if their output is compared together', async () => {
    expect(await batchesOf(step('a\nb') + output('x'))).toEqual([['a', 'b']])
  })

  test('ends at each command of a transcript with expected output', async () => {
    const page = '```console {#t}\n$ a\n$ b\nx\n$ c\n```\n'
    expect(await batchesOf(page)).toEqual([['a', 'b']])
  })

  test.each([{ stepwise: true }, { keepGoing: true }])('is the same with %o', async (given) => {
    expect(await batchesOf(step('a\nb'), given)).toEqual([['a', 'b']])
  })
})
