import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { HostConfigError } from '../../src/inventory/host-config-error.ts'
import { readProjectConfig } from '../../src/inventory/project-config.ts'
import { askSsh } from './ask-ssh.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-hostile-'))
const file = join(folder, 'ssh_config')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The first one mostly. */
function often<T>(honest: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { arbitrary: fc.constant(honest), weight: 12 },
    fc.constantFrom(honest, ...others),
  )
}

describe('any accepted configuration', () => {
  const keyword = fc.constantFrom(
    'Host',
    'HostName',
    'User',
    'Port',
    'Match',
    'IdentityFile',
    'ProxyCommand',
    'ProxyJump',
    'UserKnownHostsFile',
    'hostkeyalias',
    'Include',
    'SendEnv',
    'Compression',
  )
  const value = fc.constantFrom(
    'web',
    'w*',
    '!web',
    'host',
    'all',
    'exec',
    'user',
    '22',
    'yes',
    'none',
    '%h',
    '/a',
    'x#y',
    '"a"',
    "'a'",
    '#',
    '\\',
    '"',
    "'",
    'a\\ b',
    '""',
    'touch',
    '/dev/null',
    'host=web',
  )
  const line = fc
    .tuple(
      often('', ' ', '\t', '=', '"', '""', '\r'),
      keyword,
      often('', '"', "'", '\r', '\\'),
      often(' ', '\t', '=', ' = ', '==', '  ', '\r'),
      fc.array(value, { minLength: 1, maxLength: 3 }),
      often('', ' ', ' # x', '\r', '\t\r'),
    )
    .map(([before, word, after, gap, values, end]) =>
      [before, word, after, gap, values.join(' '), end].join(''),
    )
  const lines = fc.array(line, { minLength: 1, maxLength: 2 })

  test('names no command, and means the same to ssh as the file', () => {
    let accepted = 0
    fc.assert(
      fc.property(lines, (drawn) => {
        const text = `${drawn.join('\n')}\n`
        writeFileSync(file, text)
        let copy: string
        try {
          copy = readProjectConfig('web', { file, root: folder }).text
        } catch (error) {
          return error instanceof HostConfigError
        }
        if (copy === '') return true
        accepted++
        const options = askSsh(folder, copy)
        expect(options.join('')).not.toMatch(/^(?:proxycommand|localcommand|remotecommand)/m)
        expect(options).toEqual(askSsh(folder, text))
        return true
      }),
      { numRuns: 800 },
    )
    expect(accepted).toBeGreaterThan(40)
  })
})
