/** A host that lies: whatever it says, its own lane ends with its name, and nothing else. */

import * as fc from 'fast-check'
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readChecks } from '../../src/check/read-checks.ts'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import { platformOf } from '../../src/model/host.ts'
import { RecordError, writeRecord } from '../../src/record/record-store.ts'
import { askChecks } from '../../src/run/ask.ts'
import { FileProblem } from '../../src/run/file-problem.ts'
import { readHostFile } from '../../src/run/host-file.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { mostNumber, mostStatus, readNumber, readCommandMark } from '../../src/shell/marker.ts'
import { readOsRelease } from '../../src/shell/login.ts'
import { openWithin } from '../../src/shell/open-channel.ts'
import { ShellError } from '../../src/shell/shell-error.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { TransportError } from '../../src/transport/transport.ts'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { scriptedHost } from '../run/scripted-host.ts'
import { runCommand } from '../shell/run-command.ts'
import { startSsh2Server } from '../transport/ssh2-server.ts'
import { makeKey, publicKey, sshTarget, type Sshd, startSshd } from '../transport/sshd.ts'
import { type HostileHost, hostileHost, type Lie } from './hostile-host.ts'

/** Ends the marker of a command: `RB:nonce:e:number:id:status:flag`. */
const end = String.raw`(RB:[0-9a-f]{32}):e:(\d+):(\w+):(\d+):`

const badNumbers = ['NaN', '1e400', '-1', '', ' 7', '7 ', '+7', '0x7', '07', '7.0', '٧']

const lies: readonly (readonly [what: string, lie: Lie])[] = [
  ...[...badNumbers, '256', '99999999999999999999'].map((text): readonly [string, Lie] => [
    `status ${text}`,
    [end, String.raw`\1:e:\2:\3:${utf8(text)}:`],
  ]),
  ['an id that is a path', [end, String.raw`\1:e:\2:../../x:\4:`]],
  ['a kind that is none', [end, String.raw`\1:z:\2:\3:\4:`]],
  ['no status in a shell that ends', [end, String.raw`\1:e:\2`]],
]

const places: readonly (readonly [what: string, lie: Lie])[] = [
  ...[...badNumbers, '2147483648'].map((text): readonly [string, Lie] => [
    `a last number ${text}`,
    [String.raw`(:ok:[0-9a-f]{32}):\d+:`, String.raw`\1:${utf8(text)}:`],
  ]),
  ...[...badNumbers, '9007199254740992'].map((text): readonly [string, Lie] => [
    `an offset ${text}`,
    [String.raw`(:ok:[0-9a-f]{32}:\d+):\d+:`, String.raw`\1:${utf8(text)}:`],
  ]),
  ['a nonce that is none', [String.raw`:ok:[0-9a-f]{32}:`, ':ok:x y:']],
  [
    'a folder that is none',
    [String.raw`(:ok:[0-9a-f]{32}:\d+:\d+:\d+:\d:\d::)[^\x1e]*`, String.raw`\1up`],
  ],
  [
    'numbers that had begun and are none',
    [String.raw`(:ok:[0-9a-f]{32}:\d+:\d+:\d+:\d:\d):`, String.raw`\1:1e9=x,:`],
  ],
]

/** As the bytes that a file of latin1 text holds. */
function utf8(text: string): string {
  return Buffer.from(text).toString('latin1')
}

describe('a host that lies', () => {
  let host: HostileHost
  let session: HostSession | undefined

  beforeAll(async () => {
    host = await hostileHost()
  })
  beforeEach(() => host.lie())
  afterEach(async () => {
    host.lie()
    await session?.close({ keep: false })
    session = undefined
  })
  afterAll(() => host.stop())

  test.each(places)("about its shell's position: %s", async (_what, lie) => {
    session = await host.open()
    host.lie(lie)
    const ran = runCommand(session, 'echo hi')
    await expect(ran).rejects.toThrow(ShellError)
    await expect(ran).rejects.toThrow(/^127\.0\.0\.1|^vm/)
  })

  test.each(lies.filter(([what]) => !what.startsWith('no status')))(
    'about how a command ended: %s',
    async (_what, lie) => {
      host.lie(lie)
      session = await host.open({ graceMs: 100 })
      const ran = runCommand(session, 'echo hi', { timeoutMs: 1000 })
      await expect(ran).rejects.toThrow(ShellError)
    },
  )

  test.each(badNumbers)('about the status of our script: %s', async (text) => {
    host.lie([String.raw`(RB:[0-9a-f]{32}:e):0\x1e`, String.raw`\1:${utf8(text)}` + '\x1e'])
    await expect(host.open()).rejects.toThrow(/vm: the host's answer is not one of ours/)
  })

  test('about its umask', async () => {
    host.lie(['(login|none)\0' + String.raw`\d+`, String.raw`\1` + '\0$(id)'])
    await expect(host.open()).rejects.toThrow(/its umask is/)
  })

  test.each([
    ['../../../package', 'linux'],
    ['/etc/passwd', 'linux'],
    ['.hidden', 'linux'],
    ['..', 'linux'],
    ['a b', 'linux'],
    ['x\x1b[2J', 'linux'],
    ['d'.repeat(65), 'linux'],
    ['constructor/..', 'linux'],
    ['Deepin', 'deepin'],
    ['opensuse-leap', 'opensuse-leap'],
  ])("about its system's name: %s", async (id, wanted) => {
    host.lie([String.raw`(?m)^ID=[^\n]*`, `ID="${id}"`])
    session = await host.open()
    expect(session.facts.osId).toBe(wanted)
  })

  test('about its other facts, is quoted in one bounded line each', async () => {
    host.lie(
      [String.raw`PRETTY_NAME=[^\n]*`, `PRETTY_NAME="a\x1b]0;x\x07${'b'.repeat(100_000)}"`],
      [String.raw`(?m)^VERSION_ID=[^\n]*`, 'VERSION_ID="../12"'],
      [String.raw`(?m)^HOME_URL=[^\n]*`, 'ID_LIKE="../x debian"'],
    )
    session = await host.open()
    const { osName, osVersion, osLike } = session.facts
    expect(osName).toMatch(/^a \]0;x b{50,200}…$/)
    expect([osVersion, osLike]).toEqual(['', ['debian']])
  })

  test.each(['!!!!', 'QUJD=', 'Q', '=QUJ', '\x1b[2J'])('about a file: %s', async (text) => {
    session = await host.open()
    await session.probe({
      script: ':',
      stdin: undefined,
      user: undefined,
      env: {},
      timeoutMs: 9000,
    })
    const path = join(host.sshd.home, 'file')
    writeFileSync(path, 'ABC')
    host.lie(['QUJD', text])
    const access = { session, user: undefined, run: 'r', timeoutMs: 9000 }
    await expect(readHostFile(access, path)).rejects.toThrow(FileProblem)
  })

  test('by printing without end is stopped by the timeout', async () => {
    session = await host.open({ graceMs: 100 })
    const started = performance.now()
    const request = { script: 'yes', stdin: undefined, user: undefined, env: {}, timeoutMs: 500 }
    const { status, isCut } = await session.probe(request)
    expect([status, isCut]).toEqual([124, true])
    await runCommand(session, ':')
    expect(await session.probe(request)).toMatchObject({ status: 124, isCut: true })
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})

const hostEntry = (name: string, { port, identity, folder }: Sshd): string =>
  `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n  IdentityFile ${identity}\n  UserKnownHostsFile ${folder}/known_hosts\n`

describe('a host that lies, beside an honest one', () => {
  let bad: HostileHost
  let good: Sshd

  beforeAll(async () => {
    bad = await hostileHost()
    good = await startSshd()
  })
  afterAll(async () => {
    await bad.stop()
    await good.stop()
  })

  test('ends only its own lane, with its name; the run can be listed and shown', async () => {
    bad.lie([end, String.raw`\1:e:\2:\3:NaN:`])
    const cwd = projectWith({
      'a.md': '```bash {#one}\necho one\n```\n\n```bash {#two}\necho two\n```\n',
      config: hostEntry('bad', bad.sshd) + hostEntry('good', good),
    })
    const args = ['exec', 'a.md', '--host', 'bad,good', '--ssh-config', 'config', '--json']
    const { code, stdout } = await runCli(args, { cwd })
    expect(code).toBe(1)
    const ended = eventsOf(stdout).filter(({ kind }) => kind === 'step-ended')
    expect(
      ended.map(({ host, status, reason }) => [host, status, reason].join(' ')).toSorted(),
    ).toEqual(['bad failed no-shell', 'good passed ', 'good passed '])
    expect(ended.find(({ host }) => host === 'bad')?.['message']).toMatch(/^bad: .*not one of ours/)
    for (const command of [['runs'], ['show'], ['report']]) {
      const { code: shown, stdout: text, stderr } = await runCli(command, { cwd })
      expect([command, shown]).toEqual([command, 0])
      expect(text + stderr).not.toMatch(/fault|unreadable|no event/)
    }
  })

  test('with an unreadable journal hides no other run', async () => {
    const cwd = projectWith({ 'a.md': '```bash {#one}\necho one\n```\n' })
    expect((await runCli(['exec', 'a.md', '--host', 'local'], { cwd })).code).toBe(0)
    const runs = join(cwd, '.runbook', 'runs')
    const [run = ''] = readdirSync(runs)
    cpSync(join(runs, run), join(runs, '20010101-0000-abcd'), { recursive: true })
    appendFileSync(join(runs, '20010101-0000-abcd', 'events.jsonl'), '{"exit":null}\n{}\n')
    const { code, stdout } = await runCli(['runs'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^${run}  .*passed +1/1`, 'm'))
    expect(stdout).toMatch(/^20010101-0000-abcd .*unreadable .*events\.jsonl:\d+ is not an event/m)
    const { runs: listed } = JSON.parse((await runCli(['runs', '--json'], { cwd })).stdout)
    expect(listed.map(({ status }: { status: string }) => status)).toEqual(['passed', 'unreadable'])
  })
})

test('the wait for an sshd that opens no channel has a limit', async () => {
  const folder = mkdtempSync('/tmp/runbook-silent-')
  makeKey(join(folder, 'host'))
  makeKey(join(folder, 'user'))
  const server = await startSsh2Server(join(folder, 'host'), { answersNoChannel: true })
  const knownHosts = join(folder, 'known_hosts')
  writeFileSync(knownHosts, `[127.0.0.1]:${server.port} ${publicKey(join(folder, 'host.pub'))}\n`)
  const target = sshTarget({ port: server.port, identityFiles: [join(folder, 'user')], knownHosts })
  const connection = await connectSsh(target, { verifier: (hop) => createVerifier(hop) })
  const opening = openWithin(connection, 200)
  await expect(opening).rejects.toThrow(TransportError)
  await expect(opening).rejects.toThrow('vm did not open a channel within 0.2 s')
  await connection.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const isKept = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most

/** The numbers that a journal would get, or who is refused. */
const readEnd = (kind: string, fields: readonly string[]): readonly number[] | string => {
  try {
    const { number, status } = readCommandMark('web', { kind, fields, bytes: 0 })
    return [number, status]
  } catch (error) {
    return error instanceof ShellError ? error.message : 'a fault'
  }
}

describe('for any answer of a host', () => {
  const piece = fc.oneof(
    fc.constantFrom('e', 'x', 'g', 'r', '0', '1', '255', 'NaN', '1e400', '-0', '__proto__', ''),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )

  test("a marker is refused with the host's name, or has numbers that a journal can store", () => {
    fc.assert(
      fc.property(piece, fc.array(piece, { maxLength: 6 }), (kind, fields) => {
        const found = readEnd(kind, fields)
        const [number = -1, status = -1] = typeof found === 'string' ? [0, 0] : found
        expect(typeof found !== 'string' || found.startsWith('web: ')).toBe(true)
        expect(isKept(number, mostNumber) && isKept(status, mostStatus)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('a number is decimal digits, in bounds, in one form', () => {
    fc.assert(
      fc.property(piece, (text) => {
        const value = readNumber(text, 1000)
        expect(value === undefined || (String(value) === text && value <= 1000)).toBe(true)
      }),
    )
  })

  test('a check either holds or does not', async () => {
    const { checks } = readChecks(
      'os:debian arch:x user:a cmd:git>=2 pkg:x>=1 file:/a line:/a:/b/ port:80 disk:/>=1G mem>=1G http:http://x/ sh:true',
    )
    const all = checks.map((check) => {
      const place = { line: 1, column: 1, offset: 0 }
      return { ...check, span: { start: place, end: place } }
    })
    const line = fc
      .tuple(fc.integer({ min: -1, max: 13 }), piece, fc.oneof(piece, fc.base64String()))
      .map((parts) => parts.join('\x1f'))
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const vm = scriptedHost({
          probe: async () => ({ status: 0, stdout: lines.join('\n'), stderr: '', isCut: false }),
        })
        const asking = { user: undefined, values: {}, known: { passedSteps: new Set<string>() } }
        for (const { check, holds, actual } of await askChecks(vm, all, asking)) {
          expect(typeof holds).toBe('boolean')
          const isAmount = check.startsWith('disk') || check.startsWith('mem')
          expect(actual).toMatch(isAmount ? /^(?:\d+\.\dG|no answer)$/ : /^[^]{0,200}$/)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('its platform is a single file name', () => {
    fc.assert(
      fc.property(piece, piece, (id, version) => {
        const facts = readOsRelease(`ID='${id}'\nVERSION_ID="${version}"`)
        expect(platformOf(facts)).toMatch(/^[a-z0-9][a-z0-9._-]*$/)
      }),
      { numRuns: 1000 },
    )
  })

  test.each(['../x', '', '.', 'a/b', 'A', 'a\0b', '__proto__'])(
    'a record for platform %j is not written',
    async (platform) => {
      const file = join(projectWith({}), 'a.md')
      const host = { name: '', os: '', arch: '', kernel: '', bash: '', hostKey: null }
      const record = { v: 1, runbook: 'a', platform, at: '', run: '', tool: '', host, steps: {} }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as a host might have it
      await expect(writeRecord(file, record as never)).rejects.toThrow(RecordError)
    },
  )
})
