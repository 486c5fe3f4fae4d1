/** Files of known hosts that somebody else wrote, or that are no files. */

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type AcceptedKeys, createVerifier } from '../../src/inventory/known-hosts.ts'
import { matchesHost } from '../../src/inventory/known-hosts-file.ts'
import { matchGlob } from '../../src/inventory/match-glob.ts'
import { resolveHost } from '../../src/inventory/resolve-host.ts'
import { makeKey, publicKey, sshTarget } from '../transport/sshd.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-known-hostile-'))
const path = (name: string): string => join(folder, name)
makeKey(path('one'))
makeKey(path('two'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const blob = (name: string): Buffer =>
  Buffer.from(publicKey(path(`${name}.pub`)).split(' ')[1] ?? '', 'base64')

const keeping = (file: string) => sshTarget({ port: 22, identityFiles: [], knownHosts: file })
const trusting = (file: string) => createVerifier(keeping(file), async () => true)

/** A text that counts how often it is looked at. */
function counted(text: string) {
  const looks = { count: 0 }
  return {
    looks,
    text: {
      length: text.length,
      charCodeAt(at: number) {
        looks.count++
        return text.charCodeAt(at)
      },
    },
  }
}

describe('matching a pattern takes time linear in its length', () => {
  test.each([
    ['*a', 'a', 'b'],
    ['a*', 'a', 'b'],
    ['*', 'a', 'b'],
    ['*aa', 'a', 'b'],
    ['*?', 'a', ''],
    ['a?*', 'a', 'b'],
    ['*a*', 'ab', 'c'],
  ])('%j again and again', (piece, letters, end) => {
    const steps = [1000, 2000, 4000].map((times) => {
      const pattern = counted(piece.repeat(times) + end)
      matchGlob(pattern.text, letters.repeat(250).slice(0, 250))
      return pattern.looks.count
    })
    for (const [index, times] of [1000, 2000, 4000].entries()) {
      expect(steps[index]).toBeLessThan(piece.length * times * 2 + 250 * 250)
    }
  })

  test('and as ssh matches it', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 })
    const texts = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 })
    fc.assert(
      fc.property(letters, texts, (pattern, text) => {
        const source = pattern.map((each) => (each === '*' ? '.*' : each === '?' ? '.' : each))
        const expected = new RegExp(`^${source.join('')}$`).test(text.join(''))
        expect(matchGlob(pattern.join(''), text.join(''))).toBe(expected)
      }),
    )
    expect(matchesHost('*a'.repeat(30), 'a'.repeat(60))).toBe(true)
    expect(matchesHost(`${'*a'.repeat(30)}b`, 'a'.repeat(60))).toBe(false)
  })
})

describe('a key that is accepted', () => {
  test('is not stored if keys are not stored, and no mode changes', async () => {
    writeFileSync(path('nowhere'), 'Host web\n  UserKnownHostsFile /dev/null\n')
    const target = await resolveHost('web', { sshConfig: path('nowhere') })
    expect(target.hostKeys.keepIn).toBeUndefined()
    const before = statSync('/dev/null').mode
    const verifier = await createVerifier(target, async () => true)
    expect(await verifier.accept(blob('one'))).toBe(true)
    expect(verifier.verify(blob('one')).kind).toBe('known')
    expect(statSync('/dev/null').mode).toBe(before)
  })

  test('stays the only one accepted in its run, even if it is not stored', async () => {
    const accepted: AcceptedKeys = new Map()
    const target = keeping('/dev/null')
    const nowhere = { ...target, hostKeys: { ...target.hostKeys, keepIn: undefined } }
    const first = await createVerifier(nowhere, async () => true, accepted)
    expect(await first.accept(blob('one'))).toBe(true)
    const again = await createVerifier(nowhere, async () => true, accepted)
    expect(again.verify(blob('one')).kind).toBe('known')
    expect(again.verify(blob('two')).kind).toBe('undecided')
    expect(await again.accept(blob('two'))).toBe(false)
  })

  test.each([
    ['a folder', (file: string) => mkdirSync(file)],
    ['a link to nothing', (file: string) => symlinkSync(path('made'), file)],
    ['a link to a device', (file: string) => symlinkSync('/dev/full', file)],
    ['a pipe', (file: string) => void execFileSync('mkfifo', [file])],
  ])('is not written to %s', async (what, make) => {
    const file = path(`not ${what}`)
    make(file)
    const verifier = await trusting(file)
    const accepted = verifier.accept(blob('one')).catch(() => false)
    expect(await accepted).toBe(false)
    expect(verifier.verify(blob('one')).kind).not.toBe('known')
    expect(existsSync(path('made'))).toBe(false)
  })

  test.each([0o644, 0o664, 0o600])('leaves the mode %o of a file as it is', async (mode) => {
    const file = path(`mode${mode}`)
    writeFileSync(file, '')
    chmodSync(file, mode)
    expect(await (await trusting(file)).accept(blob('one'))).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(mode)
    expect(readFileSync(file, 'utf8')).toContain(publicKey(path('one.pub')))
  })

  test("goes through the user's own link to a file", async () => {
    writeFileSync(path('dotfiles'), '')
    symlinkSync(path('dotfiles'), path('linked'))
    expect(await (await trusting(path('linked'))).accept(blob('one'))).toBe(true)
    expect(readFileSync(path('dotfiles'), 'utf8')).toContain('ssh-ed25519')
  })
})

describe('a known_hosts file', () => {
  test.each([['/dev/zero'], ['/dev/tty'], [path('pipe')], [path('sparse')]])(
    'is read up to a limit: %s',
    async (file) => {
      if (file === path('pipe')) execFileSync('mkfifo', [file])
      if (file === path('sparse')) {
        writeFileSync(file, '')
        truncateSync(file, 10 * 1024 ** 3)
      }
      expect((await trusting(file)).verify(blob('one')).kind).toBe('undecided')
    },
  )
})
