import { describe, expect, test } from 'vitest'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import type { HostSession } from '../../src/run/ports.ts'
import type { RunOptions } from '../../src/run/run-options.ts'
import { runOn } from './run-on.ts'
import { scriptedHost } from './scripted-host.ts'

/** For each command that is run, those that may be sent with it. */
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
  const events = runOn(vm, runbook, {
    options: { yes: true, ...given },
    clock: { nowMs: () => now++ * 60_000, sleep: async () => {} },
    prompt: {
      confirm: async () => 'yes',
      step: async () => ({ kind: 'run' }),
      failure: async () => undefined,
    },
  })
  for await (const event of events) void event
  return seen
}

const step = (commands: string, attributes = ''): string =>
  `\`\`\`bash {#s${commands.replaceAll(/\W/g, '-')}${attributes}}\n${commands}\n\`\`\`\n`
const output = (text: string): string => `\`\`\`output\n${text}\n\`\`\`\n`
const plain = step('a\nb') + step('c')

describe('what is sent ahead', () => {
  test('is all that comes next, also of the next steps', async () => {
    expect(await sentAhead(plain)).toEqual({ a: ['b', 'c'], b: ['c'], c: [] })
  })

  test('passes over prose and steps that run nothing', async () => {
    const page = `${step('a', ' undo=sb')}\nWords.\n\n${step('# nothing')}${step('b')}${step('c')}`
    expect(await sentAhead(page)).toEqual({ a: ['c'], c: [] })
  })

  test.each([
    ['prints what is compared', step('a\nb') + output('x') + step('c'), { a: ['b'], b: [] }],
    ['captures', `${step('a', ' captures=X')}${output('<X>')}${step('c')}`, { a: [] }],
    ['must make something hold', step('a', ' ensures=file:/x') + step('c'), { a: [] }],
    ['is tried again', step('a', ' retry=2') + step('c'), { a: [] }],
    ['restarts the host', step('a', ' reboot') + step('c'), { a: [] }],
  ])('ends with a step that %s', async (_, page, expected) => {
    expect(await sentAhead(page)).toMatchObject(expected)
  })

  test.each([
    ['has conditions', ' unless=file:/x'],
    ['needs something', ' needs=cmd:git'],
    ['is dangerous', ' danger="all of it"'],
    ['is another user’s', ' as=dev'],
    ['is always run', ' always'],
    ['restarts the host', ' reboot'],
  ])('ends before a step that %s', async (_, attributes) => {
    expect(await sentAhead(step('a') + step('b', attributes) + step('c'))).toMatchObject({ a: [] })
  })

  test('has dangerous steps in it that were allowed', async () => {
    const page = step('a') + step('b', ' danger="all of it"')
    expect(await sentAhead(page, { allowDanger: true })).toMatchObject({ a: ['b'] })
  })

  test('ends at each prompt of a transcript that says what must come', async () => {
    const page = '```console {#t}\n$ a\n$ b\nx\n$ c\n```\n'
    expect(await sentAhead(page)).toMatchObject({ a: ['b'] })
  })

  test.each([{ stepwise: true }, { keepGoing: true }])('is nothing with %o', async (given) => {
    expect(await sentAhead(plain, given)).toEqual({ a: [], b: [], c: [] })
  })
})
