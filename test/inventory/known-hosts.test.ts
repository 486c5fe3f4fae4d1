import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import { matchesHost } from '../../src/inventory/known-hosts-file.ts'
import type { HostKeySources, SshTarget } from '../../src/model/ssh-target.ts'
import { publicKey, sshTarget } from '../transport/sshd.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-known-'))
const path = (name: string): string => join(folder, name)
const file = path('known_hosts')

beforeAll(() => {
  for (const [name, type] of [
    ['ed', 'ed25519'],
    ['ed2', 'ed25519'],
    ['rsa', 'rsa'],
    ['ec', 'ecdsa'],
  ] as const) {
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', path(name)])
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const line = (name: string): string => publicKey(path(`${name}.pub`))
const blob = (name: string): Buffer => Buffer.from(line(name).split(' ')[1] ?? '', 'base64')

function fingerprint(name: string): string {
  const shown = execFileSync('ssh-keygen', ['-lf', path(`${name}.pub`)]).toString()
  return shown.split(' ')[1] ?? ''
}

function target(hostName: string, port: number, hostKeys: Partial<HostKeySources> = {}): SshTarget {
  const base = sshTarget({ port, identityFiles: [], knownHosts: file })
  const keepIn = hostKeys.userFiles?.[0] ?? file
  return {
    ...base,
    hostName,
    hostKeys: { ...base.hostKeys, keepIn, lookup: hostName, ...hostKeys },
  }
}

async function judge(
  known: string,
  at: SshTarget,
  key = 'ed',
): Promise<Awaited<ReturnType<typeof createVerifier>> & { readonly kind: string }> {
  writeFileSync(file, known)
  const verifier = await createVerifier(at)
  return { ...verifier, kind: verifier.verify(blob(key)).kind }
}

describe('a host key is judged', () => {
  test.each([
    ['known', 'a name', 'web', 22, 'web KEY'],
    ['known', 'one of several names', 'web', 22, 'db,web,10.0.0.1 KEY'],
    ['known', 'a name in another case', 'WEB', 22, 'Web KEY'],
    ['known', 'a port', 'web', 2222, '[web]:2222 KEY'],
    ['unknown', 'another port', 'web', 2222, '[web]:2223 KEY'],
    ['known', 'a name without the port', 'web', 2222, 'web KEY'],
    ['unknown', 'a name with a port it was not asked for', 'web', 22, '[web]:2222 KEY'],
    ['known', 'a star', 'web.example.org', 22, '*.example.org KEY'],
    ['known', 'a question mark', 'web1', 22, 'web? KEY'],
    ['unknown', 'a question mark too few', 'web12', 22, 'web? KEY'],
    ['unknown', 'a negation', 'web', 22, '*,!web KEY'],
    ['known', 'a negation of another', 'web', 22, '*,!db KEY'],
    ['unknown', 'a dot that is no wildcard', 'webx1', 22, 'web.1 KEY'],
    ['unknown', 'a remark', 'web', 22, '# web KEY'],
    ['known', 'a comment behind the key', 'web', 22, 'web KEY somebody@somewhere'],
    ['unknown', 'a marker nobody knows', 'web', 22, '@new web KEY'],
    ['unknown', 'a line that is cut', 'web', 22, 'web ssh-ed25519'],
    ['unknown', 'an authority', 'web', 22, '@cert-authority web KEY'],
    ['changed', 'another key', 'web', 22, 'web OTHER'],
    ['known', 'another key and this one', 'web', 22, 'web OTHER\nweb KEY'],
    ['unknown', 'a key of another type', 'web', 22, 'web RSA'],
    ['revoked', 'a revocation', 'web', 22, 'web KEY\n@revoked web KEY'],
    ['revoked', 'a revocation for all', 'web', 22, 'web KEY\n@revoked * KEY'],
    ['known', 'a revocation of another key', 'web', 22, 'web KEY\n@revoked * OTHER'],
  ])('%s by %s', async (kind, _how, hostName, port, known) => {
    const text = known
      .replaceAll('KEY', line('ed'))
      .replaceAll('OTHER', line('ed2'))
      .replaceAll('RSA', line('rsa'))
    expect((await judge(`${text}\n`, target(hostName, port))).kind).toBe(kind)
  })

  test('by lines that ssh-keygen -H has hashed', async () => {
    writeFileSync(file, `web ${line('ed')}\n[web]:2222 ${line('ed')}\n[web]:2299 ${line('ed2')}\n`)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
    const hashed = readFileSync(file, 'utf8')
    expect(hashed).not.toContain('web')
    expect((await judge(hashed, target('web', 22))).kind).toBe('known')
    expect((await judge(hashed, target('web', 2222))).kind).toBe('known')
    expect((await judge(hashed, target('web', 2299))).kind).toBe('changed')
    expect((await judge(hashed, target('db', 22))).kind).toBe('unknown')
  })

  test('by its alias, for any port', async () => {
    const at = target('10.0.0.1', 2222, { lookup: 'cluster' })
    expect((await judge(`cluster ${line('ed')}\n`, at)).kind).toBe('known')
    expect((await judge(`10.0.0.1 ${line('ed')}\n`, at)).kind).toBe('unknown')
  })

  test('with both fingerprints and the line, if it has changed', async () => {
    const judged = await judge(`# first\nweb ${line('ed2')}\n`, target('web', 22))
    expect(judged.verify(blob('ed'))).toEqual({
      kind: 'changed',
      key: { algorithm: 'ssh-ed25519', fingerprint: fingerprint('ed') },
      expected: { algorithm: 'ssh-ed25519', fingerprint: fingerprint('ed2') },
      place: { file, line: 2 },
    })
  })

  test('as refused if a file exists and cannot be read', async () => {
    mkdirSync(path('folder'))
    const at = target('web', 22, { userFiles: [file, path('folder')] })
    expect((await judge(`web ${line('ed')}\n`, at)).kind).toBe('undecided')
  })

  test('by RevokedHostKeys, and refused if that cannot be read', async () => {
    const known = `web ${line('ed')}\n`
    const at = (name: string): SshTarget => target('web', 22, { revokedFile: path(name) })
    writeFileSync(path('revoked'), `${line('ed2')}\n${line('ed')}\n`)
    const judged = await judge(known, at('revoked'))
    expect(judged.verify(blob('ed'))).toMatchObject({
      kind: 'revoked',
      place: { file: path('revoked'), line: 2 },
    })
    expect((await judge(known, at('none'))).kind).toBe('undecided')
    execFileSync('ssh-keygen', ['-q', '-k', '-f', path('krl'), path('ed2.pub')])
    expect((await judge(known, at('krl'))).kind).toBe('undecided')
  })

  test('with a note if another kind of key is known, or an authority', async () => {
    const rsa = await judge(`web ${line('rsa')}\n`, target('web', 22))
    expect(rsa.verify(blob('ed'))).toMatchObject({ note: expect.stringContaining('ssh-rsa') })
    const authority = await judge(`@cert-authority web ${line('rsa')}\n`, target('web', 22))
    expect(authority.verify(blob('ed'))).toMatchObject({
      note: expect.stringContaining('certificates are not supported'),
    })
  })
})

describe('a host is asked', () => {
  test('for known kinds of its key first', async () => {
    const { algorithms } = await judge(`web ${line('rsa')}\n`, target('web', 22))
    expect(algorithms.slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519'])
    const unknown = await judge('', target('web', 22))
    expect(unknown.algorithms[0]).toBe('ssh-ed25519')
  })
})

describe('a key that is accepted', () => {
  test.each([
    ['into a new file', undefined, ''],
    ['behind what is there', 'other line\n', 'other line\n'],
    ['behind a last line without a newline', 'other line', 'other line\n'],
  ])('is written %s, and not writable by others', async (_how, before, kept) => {
    const own = path('new/known_hosts')
    rmSync(path('new'), { recursive: true, force: true })
    if (before !== undefined) {
      mkdirSync(path('new'))
      writeFileSync(own, before, { mode: 0o600 })
    }
    const verifier = await createVerifier(
      target('web', 2222, { userFiles: [own] }),
      async () => true,
    )
    expect(await verifier.accept(blob('ed'))).toBe(true)
    expect(verifier.verify(blob('ed')).kind).toBe('known')
    expect(readFileSync(own, 'utf8')).toBe(`${kept}[web]:2222 ${line('ed')}\n`)
    expect(statSync(own).mode & 0o777).toBe(0o600)
  })

  test('is written under a hashed name that ssh-keygen finds', async () => {
    const own = path('hashed')
    const at = target('web', 22, { userFiles: [own], hashNames: true })
    const verifier = await createVerifier(at, async () => true)
    await verifier.accept(blob('ed'))
    expect(readFileSync(own, 'utf8')).toMatch(/^\|1\|/)
    expect(execFileSync('ssh-keygen', ['-F', 'web', '-f', own]).toString()).toContain('found')
  })

  test('is not asked about if another one is known', async () => {
    const asked: unknown[] = []
    writeFileSync(file, `web ${line('ed2')}\n`)
    const verifier = await createVerifier(target('web', 22), async (unknown) => {
      asked.push(unknown)
      return true
    })
    expect(await verifier.accept(blob('ed'))).toBe(false)
    expect(asked).toEqual([])
  })

  test('does not count as stored if the file cannot be written', async () => {
    const at = target('web', 22, { userFiles: ['/sys/nothing/known_hosts'] })
    const verifier = await createVerifier(at, async () => true)
    await expect(verifier.accept(blob('ed'))).rejects.toThrow(/nothing/)
    expect(verifier.verify(blob('ed')).kind).toBe('unknown')
  })
})

test('patterns match as ssh matches them', () => {
  expect(matchesHost('10.0.0.?', '10.0.0.1')).toBe(true)
  expect(matchesHost('[*]:22??', '[web]:2222')).toBe(true)
  expect(matchesHost('a|b', 'a')).toBe(false)
  expect(matchesHost('!web', 'web')).toBe(false)
})
