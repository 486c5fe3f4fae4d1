/** A page that changes what our own words mean in its shell: each command still ends, and is told. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HostSession } from '../../src/run/ports.ts'
import { localHost, type TestHost } from './hosts.ts'
import { runCommand, statusOf } from './run-command.ts'

const words = [
  'builtin',
  'eval',
  'exit',
  'set',
  'declare',
  'trap',
  'command',
  'read',
  'export',
  'unset',
  'printf',
  'return',
  'source',
  'shopt',
  'alias',
  'cd',
  'umask',
  'enable',
]

describe('a shell in which a page', () => {
  let host: TestHost
  let session: HostSession

  beforeAll(async () => {
    host = await localHost()
  })
  afterAll(() => host.stop())
  beforeEach(async () => {
    session = await host.open({ graceMs: 100 })
  })
  afterEach(() => session.close({ keep: false }))

  /** How two commands and a question behind it end. */
  const after = async (first: string) => {
    const given = { timeoutMs: 4000 }
    await runCommand(session, 'A=1', given)
    const changed = await runCommand(session, first, given)
    const next = await runCommand(session, 'echo "a $A"; [ a = b ]', given)
    const last = await runCommand(session, 'echo b', given)
    const ask = { script: 'echo c', stdin: undefined, user: undefined, env: {}, timeoutMs: 4000 }
    const { stdout, status } = await session.probe(ask)
    const ran = [changed, next, last].map((each) => [each.output, statusOf(each)])
    return [...ran, [stdout, status]]
  }
  const asEver = [
    ['', 0],
    ['a 1\n', 1],
    ['b\n', 0],
    ['c\n', 0],
  ]

  test.each(words)('defines a function `%s`', async (word) => {
    expect(await after(`${word}() { :; }`)).toEqual(asEver)
  })
  test.each(words)('disables `%s`', async (word) => {
    expect(await after(`enable -n ${word}`)).toEqual(asEver)
  })
  test.each(words)('makes `%s` an alias', async (word) => {
    expect(await after(`alias ${word}=false`)).toEqual(asEver)
  })

  test.each([
    'IFS=0123456789',
    'IFS=',
    'readonly IFS=:',
    'readonly TMOUT=1',
    'TMOUT=1',
    'LC_ALL=C',
  ])('says %s', async (command) => {
    expect(await after(command)).toEqual(asEver)
  })
  test('turns posix mode on', async () => {
    expect(await after('set -o posix')).toEqual(asEver)
  })
})
