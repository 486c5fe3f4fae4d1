/** Which lines of a known_hosts file name a host is what `ssh-keygen -F` says (ADR 30). */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import {
  hashName,
  lookupName,
  matchesHost,
  readKnownHosts,
} from '../../src/inventory/known-hosts-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-known-hosts-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'known_hosts')

/** An ed25519 key: its name, its length and 32 bytes. */
const key = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64')}`

const host = fc.constantFrom('web', 'web-1', 'db.example', 'WEB', '10.0.0.7', 'a')
const port = fc.constantFrom(22, 2222)
const name = fc.tuple(host, port).map(([each, at]) => lookupName(each, at))
const pattern = fc.oneof(
  name,
  host,
  fc.constantFrom('*', 'web*', '?eb', '*.example', '[web]:*', '10.0.0.?', '[*]:2222'),
)
const patterns = fc
  .array(fc.tuple(fc.boolean(), pattern), { minLength: 1, maxLength: 3 })
  .map((all) => all.map(([isNegated, each]) => `${isNegated ? '!' : ''}${each}`).join(','))
const hashed = fc
  .tuple(name, fc.uint8Array({ minLength: 20, maxLength: 20 }))
  .map(([each, salt]) => hashName(each, Buffer.from(salt)))
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('', '@revoked ', '@cert-authority '), fc.oneof(patterns, hashed))
    .map(([marker, names]) => `${marker}${names} ${key}`),
  // Of a line whose key is broken it looks at the name only.
  fc.constantFrom('', '# web', '  ', `@unknown web ${key}`),
)

function foundByKeygen(lookup: string): readonly number[] {
  const { stdout } = spawnSync('ssh-keygen', ['-F', lookup, '-f', file], { encoding: 'utf8' })
  return [...stdout.matchAll(/^# Host .* found: line (\d+)/gm)].map(([, at]) => Number(at))
}

test('the lines for a host are those that `ssh-keygen -F` finds', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), host, port, (lines, each, at) => {
      writeFileSync(file, lines.map((text) => `${text}\n`).join(''))
      const lookup = lookupName(each, at)
      const found = readKnownHosts(file).filter((entry) => matchesHost(entry.patterns, lookup))
      expect(found.map((entry) => entry.line)).toEqual(foundByKeygen(lookup))
    }),
    { numRuns: 300 },
  )
})
