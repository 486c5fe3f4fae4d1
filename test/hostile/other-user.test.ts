/** Another user of the host: reads what it may, and prepares what it can. */

import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HostSession } from '../../src/run/ports.ts'
import { openSession } from '../../src/shell/open-session.ts'
import { connectLocal } from '../../src/transport/local.ts'
import type { Connection } from '../../src/transport/transport.ts'
import { runCommand, startBackground } from '../shell/run-command.ts'
import { attack, attacker, connectAs, skipped, victim, watchProcesses } from './other-user.ts'

const fallback = `/var/tmp/runbook-${victim}`
const run = 'prepared'

let root: string
let session: HostSession | undefined

beforeEach(() => {
  root = mkdtempSync('/var/tmp/runbook-users-')
  chmodSync(root, 0o755)
})
afterEach(async () => {
  await session?.close({ keep: false })
  session = undefined
  rmSync(fallback, { recursive: true, force: true })
  rmSync(root, { recursive: true, force: true })
})

const canary = (): string => join(root, 'canaries', 'canary')

function open(env: Readonly<Record<string, string>>): Promise<HostSession> {
  return openSession({ name: 'vm', run, connect: async () => connectAs(victim, env) })
}

/** A run's folder whose every file leaves the canary when it is read as bash. */
function poisoned(base: string): string {
  const script = `: >${canary()} 2>/dev/null`
  return `
    d=${base}/runbook/${run}-vm-${victim}
    mkdir -p "$d" ${base}/runbook/${run}-vm-
    for f in state.0 state.1 init begin arm end save supervise traps; do
      echo '${script}' >"$d/$f"; cp "$d/$f" ${base}/runbook/${run}-vm-/
    done
    for d in "$d" ${base}/runbook/${run}-vm-; do printf '0\\n' >"$d/saved"; : >"$d/seq"; done
    chmod -R a+rwX ${base}`
}

function own(path: string, mode: number, uid = victim): void {
  mkdirSync(path, { recursive: true })
  chownSync(path, uid, uid)
  chmodSync(path, mode)
}

describe.skipIf(skipped !== '')(`a folder that another user prepared${skipped}`, () => {
  beforeEach(() => {
    own(join(root, 'canaries'), 0o777)
  })

  test.each<readonly [what: string, why: RegExp, prepare: () => Promise<void>]>([
    [
      'is theirs',
      /belongs to another user/,
      () => attack(`mkdir ${fallback}; ${poisoned(fallback)}`),
    ],
    [
      'is a link of theirs',
      /belongs to another user|is a link/,
      () =>
        attack(
          `mkdir ${root}/open/evil; ${poisoned(`${root}/open/evil`)}; ln -s ${root}/open/evil ${fallback}`,
        ),
    ],
    [
      'is a link of theirs to a folder of ours',
      /belongs to another user|is a link/,
      async () => {
        own(`${root}/mine`, 0o700)
        await attack(`ln -s ${root}/mine ${fallback}`)
      },
    ],
    [
      'is a link of ours',
      /is a link/,
      async () => {
        await attack(`mkdir ${root}/open/evil; ${poisoned(`${root}/open/evil`)}`)
        symlinkSync(`${root}/open/evil`, fallback)
      },
    ],
    [
      'is ours and open, with theirs in it',
      /is open to other users/,
      async () => {
        own(fallback, 0o777)
        await attack(poisoned(fallback).replace(/chmod.*/, ''))
      },
    ],
    [
      'is ours, with an open one in it',
      /belongs to another user|is open to other users/,
      async () => {
        own(fallback, 0o711)
        own(`${fallback}/runbook`, 0o777)
        await attack(poisoned(fallback).replace(/chmod.*/, ''))
      },
    ],
    [
      'is ours, with a link in it',
      /is a link/,
      async () => {
        own(fallback, 0o700)
        await attack(`mkdir ${root}/open/evil; ${poisoned(`${root}/open/evil`)}`)
        symlinkSync(`${root}/open/evil/runbook`, `${fallback}/runbook`)
      },
    ],
    ['is a file', /belongs to another user|is no folder/, () => attack(`: >${fallback}`)],
    ['is a pipe', /belongs to another user|is no folder/, () => attack(`mkfifo ${fallback}`)],
  ])('that %s is refused with the reason', async (_what, why, prepare) => {
    own(join(root, 'open'), 0o1777, 0)
    await prepare()
    // As `www-data` and `nobody` have it: nothing can be made in the home folder.
    session = await open({ HOME: '/nonexistent' })
    const ran = runCommand(session, 'echo hi')
    await expect(ran).rejects.toThrow(/^vm: there is no safe place for the run's folder: /)
    await expect(ran).rejects.toThrow(why)
    expect(existsSync(canary())).toBe(false)
  })

  test.each<readonly [what: string, prepare: (home: string) => Promise<void>]>([
    [
      'that all may write',
      async (home) => {
        own(home, 0o777)
        await attack(`mkdir -p ${home}/.local/state; ${poisoned(`${home}/.local/state`)}`)
      },
    ],
    [
      'whose .local is theirs',
      async (home) => {
        own(home, 0o777)
        await attack(`mkdir -p ${home}/.local/state; ${poisoned(`${home}/.local/state`)}`)
        chmodSync(home, 0o755)
      },
    ],
    [
      'whose .local is a link of theirs',
      async (home) => {
        own(home, 0o777)
        await attack(
          `mkdir -p ${home}/x/state; ${poisoned(`${home}/x/state`)}; ln -s ${home}/x ${home}/.local`,
        )
        chmodSync(home, 0o755)
      },
    ],
    [
      'below a folder of theirs',
      async (home) => {
        own(dirname(home), 0o755, attacker)
        own(home, 0o700)
      },
    ],
  ])('a home folder %s is passed over', async (_what, prepare) => {
    const home = join(root, 'homes', 'v')
    mkdirSync(dirname(home))
    await prepare(home)
    session = await open({ HOME: home })
    expect((await runCommand(session, 'echo hi')).output).toBe('hi\n')
    expect(readdirSync(join(fallback, 'runbook'))).toContainEqual(
      expect.stringMatching(/^prepared-vm-/),
    )
    expect(existsSync(canary())).toBe(false)
  })

  test.each<readonly [what: string, prepare: (home: string) => Readonly<Record<string, string>>]>([
    [
      'that is a link',
      (home) => {
        own(`${home}.real`, 0o755)
        symlinkSync(`${home}.real`, home)
        return {}
      },
    ],
    [
      'whose .local is a link',
      (home) => {
        own(home, 0o750)
        own(`${home}.disk`, 0o700)
        symlinkSync('../v.disk', join(home, '.local'))
        return {}
      },
    ],
    [
      'that gives its group to what is made in it',
      (home) => {
        own(home, 0o2750)
        return {}
      },
    ],
    [
      'below a sticky folder',
      (home) => {
        chmodSync(dirname(home), 0o1777)
        own(home, 0o700)
        return {}
      },
    ],
    [
      'with a blank and a quote in its name',
      (home) => {
        own(`${home} o'x`, 0o700)
        return { HOME: `${home} o'x` }
      },
    ],
    [
      'and a state folder of its own, that is a link',
      (home) => {
        own(home, 0o700)
        own(`${home}.state`, 0o755)
        symlinkSync(`${home}.state`, join(home, 'state'))
        return { XDG_STATE_HOME: `${join(home, 'state')}/` }
      },
    ],
  ])('a home folder %s is used', async (_what, prepare) => {
    const home = join(root, 'homes', 'v')
    mkdirSync(dirname(home))
    const env = { HOME: home, ...prepare(home) }
    session = await open(env)
    expect((await runCommand(session, 'echo hi; kept=1')).output).toBe('hi\n')
    expect(existsSync(fallback)).toBe(false)
    await session.close({ keep: true })
    session = await open(env)
    expect((await runCommand(session, 'echo "$kept"')).output).toBe('1\n')
  })
})

test.skipIf(skipped !== '')(
  `a home folder that its own group may write is used${skipped}`,
  async () => {
    const home = join(root, 'home')
    own(home, 0o775, 0)
    const connect = async (): Promise<Connection> => connectAs(0, { HOME: home })
    session = await openSession({ name: 'vm', run, connect })
    expect((await runCommand(session, 'echo hi')).output).toBe('hi\n')
    expect(readdirSync(join(home, '.local', 'state', 'runbook'))).toContain(`${run}-vm-root`)
  },
)

/** The connection, with all that is said both ways. */
function overheard(connection: Connection, said: string[]): Connection {
  const listen = (bytes: Buffer | string): void => void said.push(bytes.toString())
  return {
    ...connection,
    async open() {
      const channel = await connection.open()
      const stdin = new PassThrough()
      stdin.on('data', listen)
      stdin.pipe(channel.stdin)
      const stdout = channel.stdout.pipe(new PassThrough())
      channel.stdout.on('data', listen)
      return { ...channel, stdin, stdout }
    },
  }
}

describe.skipIf(skipped !== '')(`what another user sees of a run${skipped}`, () => {
  test('contains no nonce and no secret, whatever runs', async () => {
    const secrets = ['env-geheim', 'stdin-geheim', 'typed-geheim', 'probe-geheim']
    const [inEnv = '', onStdin = '', typed = '', probed = ''] = secrets
    const said: string[] = []
    const home = join(root, 'home')
    own(home, 0o700, 0)
    process.env['HOME'] = home
    delete process.env['XDG_STATE_HOME']
    const stop = await watchProcesses()
    session = await openSession({
      name: 'vm',
      run: 'seen',
      connect: async () => overheard(await connectLocal(), said),
      graceMs: 200,
      startDir: home,
    })
    const ask = { user: undefined, timeoutMs: 10_000, env: { A: probed }, stdin: probed }
    for (const user of [undefined, 'nobody']) {
      await session.probe({ ...ask, script: 'sleep 0.2; cat', user })
      const given = { env: { PW: inEnv }, secrets: ['PW'], stdin: onStdin, user }
      await runCommand(
        session,
        'sleep 0.3 seen-control 2>/dev/null || sleep 0.3; cat; echo "$PW"',
        given,
      )
      await runCommand(session, 'exit 3', { user })
      await session.probe({ ...ask, script: 'sleep 0.2; cat', user })
      await runCommand(session, 'read -r -s -p "Password: " x; sleep 0.3; [[ $x == *geheim ]]', {
        dialog: [{ prompt: 'Password:', answer: typed }],
        user,
      })
      await runCommand(session, 'sleep 20', { timeoutMs: 200, user })
      const background = {
        ...given,
        command: 'sleep 20',
        dir: undefined,
        streams: 'merged',
      } as const
      const started = await startBackground(session, { ...background, timeoutMs: 10_000 })
      await session.backgroundState(started)
      await session.stopBackground(started, 'TERM')
    }
    await session.close({ keep: false })
    session = undefined
    const seen = await stop()
    // It has looked at the right moments.
    expect(seen).toContain('sleep\u00000.3')
    expect(seen).toContain('terminal.py')
    const nonces = new Set(said.join('\n').match(/\b[0-9a-f]{32}\b/g))
    expect(nonces.size).toBeGreaterThan(20)
    expect([...nonces, ...secrets].filter((word) => seen.includes(word))).toEqual([])
  })
})

test('a nonce seen with one command does not reveal the next', async () => {
  const home = join(root, 'home')
  mkdirSync(home)
  process.env['HOME'] = home
  delete process.env['XDG_STATE_HOME']
  const connect = connectLocal
  session = await openSession({ name: 'vm', run: 'forged', connect, startDir: home })
  const log = join(root, 'log')
  // All that the shell knows of itself goes into a file that everybody reads.
  await runCommand(session, `(set) >${log}.vars; set -o >>${log}.vars`)
  const { output } = await runCommand(
    session,
    `n=$(sed -n "s/^__rb_N=//p" ${log}.vars); i=$(sed -n "s/^__rb_n=//p" ${log}.vars); ` +
      'b=$(sed -n "s/^__rb_b=//p" ' +
      `${log}.vars); echo "$n" >${log}.n; ` +
      `for k in "$i" "$((i + 1))" "$((i + 2))"; do printf '\\036RB:%s:e:%s:%s:0:\\036' "$n" "$k" "$b"; done >${log}; wc -c <${log}.n`,
  )
  expect(output).toBe('33\n')
  const { end, output: printed } = await runCommand(session, `cat ${log}; false`)
  expect(end).toMatchObject({ kind: 'exited', status: 1 })
  expect(printed).toContain(':e:')
  writeFileSync(log, '')
})
