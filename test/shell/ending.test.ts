import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BackgroundProcess, HostSession } from '../../src/run/ports.ts'
import { localHost, processesWith, sshHost, type TestHost } from './hosts.ts'
import { runCommand, startBackground, statusOf } from './run-command.ts'

const hosts = [
  ['on this computer', localHost],
  ['over ssh', () => sshHost()],
] as const

const request = {
  user: undefined,
  dir: undefined,
  env: {},
  secrets: [],
  stdin: undefined,
  streams: 'merged',
  timeoutMs: 10_000,
} as const

describe.each(hosts)('a command to be killed %s', (_name, start) => {
  let host: TestHost
  let session: HostSession

  beforeAll(async () => {
    host = await start()
    session = await host.open({ graceMs: 500, waitingMs: 300 })
  })
  afterAll(async () => {
    await session.close({ keep: false })
    await host.stop()
  })

  test('is killed with its descendants, which are named', async () => {
    const command =
      'echo begun; setsid sleep 71.1 & (sleep 71.2; echo no >>no) & sleep 71.3; echo no >>no'
    const ran = await runCommand(session, command, { timeoutMs: 400 })
    expect(ran.output).toBe('begun\n')
    expect(ran.end.kind).toBe('timeout')
    const ended = ran.end.kind === 'timeout' ? ran.end.ended.join('\n') : ''
    for (const each of ['71.1', '71.2', '71.3']) {
      expect(ended).toMatch(new RegExp(`^sleep ${each.replace('.', '\\.')} \\(pid \\d+\\)$`, 'm'))
    }
    expect(processesWith('sleep 71.')).toEqual([])
    expect((await runCommand(session, 'ls no')).output).toContain('No such file')
  })

  test('is killed by force if it ignores TERM', async () => {
    const command = 'trap "" TERM; bash -c \'trap "" TERM; while :; do sleep 72.1; done\''
    const ran = await runCommand(session, command, { timeoutMs: 300 })
    expect(ran.end.kind).toBe('timeout')
    expect(processesWith('sleep 72.1')).toEqual([])
  })

  test('is killed even if it is only the shell itself', async () => {
    const ran = await runCommand(session, 'while :; do :; done', { timeoutMs: 300 })
    expect(ran.end).toEqual({ kind: 'timeout', ended: [] })
    expect((await runCommand(session, 'echo on')).output).toBe('on\n')
  })

  test('leaves processes of earlier commands alone', async () => {
    const daemons =
      'nohup sleep 73.1 >/dev/null 2>&1 & (echo $BASHPID >loop; while :; do sleep 73.2; done) & setsid sleep 73.3 & echo'
    await runCommand(session, daemons)
    await runCommand(session, 'sleep 0.05')
    const ran = await runCommand(session, 'sleep 74.1', { timeoutMs: 300 })
    const ended = ran.end.kind === 'timeout' ? ran.end.ended : []
    expect(ended).toEqual([expect.stringMatching(/^sleep 74\.1 /)])
    expect(processesWith('sleep 73.')).toHaveLength(3)
    await runCommand(session, 'kill -9 "$(cat loop)"; pkill -9 -f "^sleep 73"')
  })

  test('is cancelled', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 200)
    const ran = await runCommand(session, 'sleep 75.1', { signal: controller.signal })
    expect(ran.end).toEqual({
      kind: 'cancelled',
      ended: [expect.stringMatching(/^sleep 75\.1 /)],
    })
    expect(processesWith('sleep 75.')).toEqual([])
    const never = await runCommand(session, 'echo no', { signal: AbortSignal.abort() })
    expect([never.output, never.end]).toEqual(['', { kind: 'cancelled', ended: [] }])
  })

  test('is silent at a line that looks like a question: this is reported, and it continues', async () => {
    const ran = await runCommand(session, 'echo a; printf "Restoring database: "; sleep 1; echo ok')
    expect([ran.output, statusOf(ran)]).toEqual(['a\nRestoring database: ok\n', 0])
    expect(ran.silentAt).toEqual(['Restoring database: '])
  })

  test('is silent at a question that its dialog does not answer, and is killed', async () => {
    const command = 'echo a; printf "Go on? [y/N] "; sleep 76.1'
    const ran = await runCommand(session, command, { dialog: [] })
    expect(ran.end).toMatchObject({ kind: 'waiting', prompt: 'Go on? [y/N] ' })
    expect(processesWith('sleep 76.')).toEqual([])
  })

  test('is silent at a line that is not a question, and continues', async () => {
    const ran = await runCommand(session, 'printf "working..."; sleep 0.7; echo done')
    expect([ran.output, statusOf(ran)]).toEqual(['working...done\n', 0])
  })

  test('is killed when the caller stops reading', async () => {
    const command = 'echo one; sleep 77.1'
    for await (const event of session.run(
      [{ ...request, command }],
      new AbortController().signal,
    )) {
      if (event.kind === 'output') break
    }
    expect(processesWith('sleep 77.')).toEqual([])
    expect((await runCommand(session, 'echo on')).output).toBe('on\n')
  })
})

describe.each(hosts)('a background process %s', (_name, start) => {
  let host: TestHost
  let session: HostSession

  beforeAll(async () => {
    host = await start()
    session = await host.open({ graceMs: 500 })
    await runCommand(session, 'mkdir -p sub; cd sub; V=inside; say() { echo "$V in ${PWD##*/}"; }')
  })
  afterAll(async () => {
    await session.close({ keep: false })
    await host.stop()
  })
  const begin = (command: string, stdin?: string) =>
    startBackground(session, { ...request, command, stdin })
  const until = async (
    process: BackgroundProcess,
    isReached: (state: Awaited<ReturnType<HostSession['backgroundState']>>) => boolean,
  ) => {
    for (let output = ''; ;) {
      const next = await session.backgroundState(process)
      output += next.output
      const state = { ...next, output }
      if (isReached(state)) return state
    }
  }

  test("runs with the shell's state while commands run", async () => {
    const process = await begin('say; echo err >&2; sleep 78.1')
    const state = await until(process, ({ output }) => output.includes('err'))
    expect(state).toEqual({ running: true, status: null, output: 'inside in sub\nerr\n' })
    expect((await runCommand(session, 'echo $?; jobs; echo "<$!>"')).output).toBe('0\n<>\n')
    await session.stopBackground(process, 'TERM')
    expect(processesWith('sleep 78.1')).toEqual([])
  })

  test('is read from the last position, without a byte missing or repeated', async () => {
    const lines = 26_000
    const process = await begin(
      `for ((i = 1; i <= ${lines}; i++)); do echo "$i ${'汉字 ü 🚀 '.repeat(5)}"; done; printf 末; exit 3`,
    )
    const { output: printed, status } = await until(process, ({ running }) => !running)
    expect(status).toBe(3)
    const expected = Array.from(
      { length: lines },
      (_, index) => `${index + 1} ${'汉字 ü 🚀 '.repeat(5)}\n`,
    )
    expect(Buffer.byteLength(printed)).toBeGreaterThan(2_000_000)
    expect(printed === `${expected.join('')}末`).toBe(true)
    expect((await session.backgroundState(process)).output).toBe('')
  })

  test('states how much of a long output was cut between two reads', async () => {
    const process = await begin(
      'echo "ä first"; yes "üü" | head -c 25000002; echo; echo last ä; touch printed',
    )
    await runCommand(session, 'until rm printed 2>/dev/null; do sleep 0.05; done')
    const { output } = await session.backgroundState(process)
    const [, left = ''] = /\n… (\d+) bytes left out …\n/.exec(output) ?? []
    const rest = output.replace(/\n… \d+ bytes left out …\n/, '')
    expect(Buffer.byteLength(rest) + Number(left)).toBe(25_000_002 + '\n'.length + 9 + 8)
    expect(Buffer.byteLength(rest)).toBeLessThanOrEqual(16 * 1024 * 1024 + 6)
    expect(rest).not.toContain('\ufffd')
    expect([rest.startsWith('ä first\nüü'), rest.endsWith('\nlast ä\n')]).toEqual([true, true])
  })

  test('is not killed with a command that times out', async () => {
    const process = await begin('while :; do sleep 78.2; done')
    const ran = await runCommand(session, 'sleep 78.3', { timeoutMs: 300 })
    expect(ran.end.kind).toBe('timeout')
    expect((await session.backgroundState(process)).running).toBe(true)
    await session.stopBackground(process, 'TERM')
    expect(processesWith('sleep 78.2')).toEqual([])
  })

  test('ends by itself with a status', async () => {
    const process = await begin('cat; exit 7', 'given')
    const state = await until(process, ({ running }) => !running)
    expect(state).toEqual({ running: false, status: 7, output: 'given' })
  })

  test('can be stopped by a signal of its choice', async () => {
    const process = await begin(
      'trap "echo interrupted; exit 3" INT; while :; do sleep 0.0571; done',
    )
    await until(process, () => processesWith('sleep 0.0571').length > 0)
    await session.stopBackground(process, 'SIGINT')
    expect(processesWith('sleep 0.0571')).toEqual([])
  })

  test('is stopped when the session is closed', async () => {
    const other = await host.open({ graceMs: 300 })
    await startBackground(other, { ...request, command: 'setsid sleep 78.9' })
    await other.close({ keep: false })
    expect(processesWith('sleep 78.9')).toEqual([])
  })
})

describe('a host that allows one channel per connection', () => {
  test('runs commands, answers checks, and kills commands that time out', async () => {
    const host = await sshHost(['MaxSessions 1'])
    const session = await host.open({ graceMs: 300 })
    expect((await runCommand(session, 'echo a')).output).toBe('a\n')
    const ran = await runCommand(session, 'sleep 79.1', { timeoutMs: 300 })
    expect(ran.end.kind).toBe('timeout')
    const background = await startBackground(session, { ...request, command: 'sleep 79.2' })
    expect((await session.backgroundState(background)).running).toBe(true)
    await session.close({ keep: false })
    expect(processesWith('sleep 79.')).toEqual([])
    await host.stop()
  })
})
