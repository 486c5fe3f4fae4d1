import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { HostSession } from '../../src/run/ports.ts'
import { ShellError } from '../../src/shell/shell-error.ts'
import { localHost, sshHost, type TestHost } from './hosts.ts'
import { runCommand } from './run-command.ts'

describe('a shell of the run', () => {
  let host: TestHost
  let session: HostSession | undefined

  beforeAll(async () => {
    host = await sshHost()
  })
  afterEach(async () => {
    await session?.close({ keep: false })
    session = undefined
    writeFileSync(join(host.home, '.bash_profile'), '')
    writeFileSync(join(host.home, '.bashrc'), '')
  })
  afterAll(() => host.stop())

  const profile = (text: string): void => writeFileSync(join(host.home, '.bash_profile'), text)
  const run = async (command: string): Promise<string> => {
    session ??= await host.open()
    return (await runCommand(session, command)).output
  }

  test("starts in the home folder with a login's environment", async () => {
    profile('export FROM_PROFILE="a b"; PATH=$PATH:/from/profile; umask 027; cd /')
    expect(await run('pwd; echo "$FROM_PROFILE"; echo "${PATH##*:}"; umask')).toBe(
      `${host.home}\na b\n/from/profile\n0027\n`,
    )
  })

  test('has variables that keep programs from asking, unless the login sets them', async () => {
    profile('export PAGER=less')
    expect(await run('echo $PAGER $GIT_PAGER $DEBIAN_FRONTEND "<$SYSTEMD_PAGER>" $TERM')).toBe(
      'less cat noninteractive <> dumb\n',
    )
  })

  test('inherits neither our descriptors nor our signals', async () => {
    expect(await run('ls /proc/self/fd | tr "\\n" " "; trap; trap -p')).toBe('0 1 2 3 ')
    expect(await run('grep SigIgn /proc/self/status')).toBe('SigIgn:\t0000000000000000\n')
  })

  test.each([
    ['prints', 'echo noise; echo noise >&2; printf "\\0noise\\0"'],
    ['ends', 'exit 3'],
    ['becomes another program', 'exec sleep 0.1'],
    ['redefines what we use', 'printf() { :; }; env() { :; }; builtin() { :; }; command() { :; }'],
    ['reads input', 'read -r x; cat'],
    ['sets -e and fails', 'set -eu; false'],
  ])('is not affected by a profile that %s', async (_name, text) => {
    profile(`export BEFORE=1\n${text}\n`)
    expect(await run('echo hi')).toBe('hi\n')
  })

  test('is not affected by output of the login shell', async () => {
    writeFileSync(join(host.home, '.bashrc'), 'echo noise; echo noise >&2')
    expect(await run('echo hi')).toBe('hi\n')
    expect(session?.facts.user).toMatch(/^[a-z]/)
  })

  test('passes exported functions on', async () => {
    profile('f() { echo "f $1"; }; export -f f')
    expect(await run('bash -c "f x"')).toBe('f x\n')
  })

  test("keeps the login's exported variables, even with names that our scripts use", async () => {
    const words = 'base bases made new pid found boot begun scope ok end kind full last again'
    const letters = 'a b c d e f g h i j k l m n o p q r s t u v w x y z D N R W'
    const names = `${letters} ${words}`.split(' ')
    profile(names.map((name) => `export ${name}=own-${name}`).join('\n'))
    const script = names.map((name) => `echo "$${name}"`).join('\n')
    const expected = names.map((name) => `own-${name}\n`).join('')
    session = await host.open()
    const question = { script, stdin: undefined, user: undefined, env: {}, timeoutMs: 10_000 }
    expect((await session.probe(question)).stdout).toBe(expected)
    expect(await run(script)).toBe(expected)
    await runCommand(session, 'kill -9 $$')
    expect(await run(script)).toBe(expected)
  })

  test('is followed even if the login limits the time of reads', async () => {
    profile('readonly TMOUT=1; export TMOUT')
    const follower = `pgrep -f '^tail .*${host.home}.*/out$'`
    const before = await run(follower)
    expect(before).toMatch(/^\d+\n$/)
    expect(await run(`sleep 2; ${follower}`)).toBe(before)
  })

  test('is in XDG_STATE_HOME if that is set', async () => {
    const state = join(host.home, 'my state')
    profile(`export XDG_STATE_HOME="${state}"`)
    expect(
      await run('ls "$XDG_STATE_HOME/runbook" | wc -l; stat -c %a "$XDG_STATE_HOME"/runbook/*'),
    ).toBe('1\n700\n')
    await session?.close({ keep: false })
    session = undefined
  })

  test('continues where a kept run of the same id left it', async () => {
    const first = await host.open({ run: 'kept' })
    // So many that they take their time to be saved.
    await runCommand(first, 'for i in {1..9999}; do declare "many$i=$i"; done')
    await runCommand(first, 'cd /tmp; A=1; f() { echo f; }')
    await first.close({ keep: true })
    session = await host.open({ run: 'kept' })
    expect(await run('pwd; echo $A; f')).toBe('/tmp\n1\nf\n')
  })

  test('is found by another client of the same run, but not while a command runs', async () => {
    const first = await host.open({ run: 'shared', graceMs: 200 })
    await runCommand(first, 'A=1')
    const question = { script: 'true', stdin: undefined, user: undefined, env: {}, timeoutMs: 1000 }
    await first.probe(question)
    session = await host.open({ run: 'shared' })
    expect(await run('echo $A; A=2')).toBe('1\n')
    const controller = new AbortController()
    const running = runCommand(session, 'sleep 100', { signal: controller.signal })
    const third = await host.open({ run: 'shared' })
    const error: unknown = await runCommand(third, 'true').catch((problem: unknown) => problem)
    expect(error).toMatchObject({ reason: 'busy' })
    controller.abort()
    expect((await running).end.kind).toBe('cancelled')
    await third.close({ keep: false })
  })

  test('reports why it could not start', async () => {
    writeFileSync(join(host.home, '.bashrc'), 'echo "go away"; exit 5')
    const error: unknown = await host.open().catch((problem: unknown) => problem)
    expect(error).toBeInstanceOf(ShellError)
    expect(String(error)).toMatch(/ended first \(status 5\); it said: go away/)
  })
})

describe('another user', () => {
  let host: TestHost
  const bin = (): string => join(host.home, 'bin')

  beforeAll(async () => {
    host = await localHost()
    mkdirSync(bin())
    process.env['PATH'] = `${bin()}:${process.env['PATH']}`
  })
  afterAll(() => host.stop())

  /** A sudo that answers in its own words. */
  const sudo = (script: string): void => {
    writeFileSync(join(bin(), 'sudo'), `#!/bin/bash\n${script}\n`)
    chmodSync(join(bin(), 'sudo'), 0o755)
  }

  test.each([
    ['sudo-password', 'echo "sudo: a password is required" >&2; exit 1'],
    ['sudo-terminal', 'echo "sudo: sorry, you must have a tty to run sudo" >&2; exit 1'],
    ['unknown-user', 'echo "sudo: unknown user: app" >&2; exit 1'],
    [
      'sudo-refused',
      'echo "Sorry, user u is not allowed to execute \'bash\' as app on h." >&2; exit 1',
    ],
    ['no-bash', 'echo "sudo: bash: command not found" >&2; exit 1'],
  ])('that is unavailable is refused as %s', async (reason, script) => {
    sudo(script)
    const session = await host.open()
    const error: unknown = await runCommand(session, 'id', { user: 'app' }).catch(
      (problem: unknown) => problem,
    )
    await session.close({ keep: false })
    expect(error).toBeInstanceOf(ShellError)
    expect(error).toMatchObject({ reason })
  })

  test('has its own shell, home folder and state', async () => {
    const home = join(host.home, 'app')
    mkdirSync(home)
    sudo(
      `[ "$1 $2 $3 $4 $5" = "-n -H -u app --" ] || exit 9; shift 5; export HOME=${home} USER=app; exec "$@"`,
    )
    const session = await host.open()
    await runCommand(session, 'A=mine')
    const ran = await runCommand(session, 'A=its; echo $USER', { user: 'app' })
    expect(ran.output).toBe('app\n')
    expect((await runCommand(session, 'echo $A')).output).toBe('mine\n')
    expect((await runCommand(session, 'echo $A', { user: 'app' })).output).toBe('its\n')
    const probe = { script: 'echo $A', stdin: undefined, env: {}, timeoutMs: 5000 }
    expect((await session.probe({ ...probe, user: 'app' })).stdout).toBe('its\n')
    await session.close({ keep: false })
  })

  test('that is the login user needs no sudo', async () => {
    sudo('exit 9')
    const session = await host.open()
    const ran = await runCommand(session, 'echo hi', { user: session.facts.user })
    await session.close({ keep: false })
    expect(ran.output).toBe('hi\n')
  })
})
