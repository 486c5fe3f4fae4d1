import { describe, expect, test } from 'vitest'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import type { HostSession } from '../../src/run/ports.ts'
import type { RunOptions } from '../../src/run/run-options.ts'
import { runOn } from './run-on.ts'
import { scriptedHost } from './scripted-host.ts'

/** For each command that is run, those of its batch that come behind it. */
async function sentAhead(
  page: string,
  given: Partial<RunOptions> = {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  const seen: Record<string, readonly string[]> = {}
  let now = 0
  const vm: HostSession = {
    ...scriptedHost(),
    async *run({ command, ahead }) {
      seen[command] = [...(ahead?.() ?? [])].map((next) => next.command)
      yield { kind: 'ended', end: { kind: 'exited', status: 0, note: undefined }, durationMs: 1 }
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
  test('is the commands of one step', async () => {
    const page = step('a\nb\nc') + step('d\ne')
    expect(await sentAhead(page)).toEqual({ a: ['b', 'c'], b: ['c'], c: [], d: ['e'], e: [] })
  })

  test('never goes on into the next step, whatever that is', async () => {
    expect(await sentAhead(step('a') + step('b') + step('c'))).toEqual({ a: [], b: [], c: [] })
  })

  test.each([
    ['restarts the host', step('a\nb', ' reboot')],
    ['answers questions', `${step('a\nb')}\`\`\`dialog\nx => y\n\`\`\`\n`],
  ])('is one command where the step %s', async (_, page) => {
    expect(await sentAhead(page)).toMatchObject({ a: [] })
  })

  test('is whole where what all print together is compared', async () => {
    expect(await sentAhead(step('a\nb') + output('x'))).toMatchObject({ a: ['b'] })
  })

  test('ends at each prompt of a transcript that says what must come', async () => {
    const page = '```console {#t}\n$ a\n$ b\nx\n$ c\n```\n'
    expect(await sentAhead(page)).toMatchObject({ a: ['b'] })
  })

  test.each([{ stepwise: true }, { keepGoing: true }])('is the same with %o', async (given) => {
    expect(await sentAhead(step('a\nb'), given)).toEqual({ a: ['b'], b: [] })
  })
})
