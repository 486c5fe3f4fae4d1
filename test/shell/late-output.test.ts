/** What a step leaves running prints on, and never into what another step prints. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { openSession } from '../../src/shell/open-session.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { startProxy } from '../transport/proxy.ts'
import { publicKey, startSshd } from '../transport/sshd.ts'
import { localHost, sshHost, type TestHost } from './hosts.ts'
import { runBatch, runCommand } from './run-command.ts'

const beginsStep = true

/** They print after their command has ended. */
const ways = {
  'a job': '(for i in 1 2 3; do sleep 0.2; echo late; echo late >&2; done) &',
  'a job of a subshell': '( (for i in 1 2 3; do sleep 0.2; echo late; done) & )',
  'a process substitution': 'echo x > >(sleep 0.2; echo late; sleep 0.2; echo late)',
  'a coprocess': 'coproc { for i in 1 2; do sleep 0.2; echo late >&2; done; }',
  'a daemon': 'setsid -f bash -c "sleep 0.2; echo late; sleep 0.2; echo late"',
  'what a script leaves': 'sh ~/start.sh',
  'what a script leaves that another one calls': "eval 'sh -c ~/start.sh'; true",
  'what a script leaves, at another descriptor':
    'sh ~/start.sh 5>/dev/null 6>/dev/null 7>/dev/null',
  'what python leaves': 'python3 ~/start.py',
  'what prints to stderr': 'sh ~/start.sh >/dev/null',
}

const start = `#!/bin/sh
(for i in 1 2 3; do sleep 0.2; echo late; echo late >/dev/stderr; done) &
`
const startByPython = `import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for i in range(3):
            time.sleep(0.2)
            os.write(1, b'late\\n')
`

async function openAnswer(session: HostSession): Promise<string> {
  const script = 'sleep 0.3; echo asked; echo told >&2'
  const request = { script, stdin: undefined, user: undefined, env: {}, timeoutMs: 10_000 }
  const { stdout, stderr } = await session.probe(request)
  return stdout + stderr
}

const places: readonly (readonly [string, () => Promise<TestHost>])[] = [
  ['on this computer', localHost],
  ['over ssh', () => sshHost()],
]

describe.each(places)('late output %s', (_, open) => {
  let host: TestHost
  beforeAll(async () => {
    host = await open()
    writeFileSync(join(host.home, 'start.sh'), start, { mode: 0o700 })
    writeFileSync(join(host.home, 'start.py'), startByPython)
  })
  afterAll(() => host.stop())

  test.each(Object.entries(ways))('of %s does not appear in the next step', async (__, command) => {
    const session = await host.open()
    await runCommand(session, command, { beginsStep })
    const next = await runCommand(session, 'echo one; sleep 0.5; echo two', { beginsStep })
    expect(next.output).toBe('one\ntwo\n')
    const apart = { beginsStep, streams: 'apart' } as const
    const { stdout, stderr } = await runCommand(session, 'echo out; echo err >&2', apart)
    expect([stdout, stderr]).toEqual(['out\n', 'err\n'])
    await session.close({ keep: false })
  })

  test('belongs to its own step while that runs', async () => {
    const session = await host.open()
    const commands = ['(sleep 0.2; echo late) &', 'sleep 0.4', 'wait']
    const all = await runBatch(session, commands, { beginsStep: false })
    expect(all.map(({ output }) => output).join('')).toBe('late\n')
    await session.close({ keep: false })
  })

  test("is not part of a check's answer", async () => {
    const session = await host.open()
    await runCommand(session, ways['a job'], { beginsStep })
    expect(await openAnswer(session)).toBe('asked\ntold\n')
    await session.close({ keep: false })
  })

  test('continues in a file that is named at the end of the run', async () => {
    const session = await host.open({ run: 'late' })
    await runCommand(session, '(sleep 1; echo late) &', { beginsStep })
    expect((await runCommand(session, 'echo next', { beginsStep })).output).toBe('next\n')
    const left = await session.close({ keep: false })
    const [file = ''] = new Set(left.map(({ output }) => output))
    expect(file).toMatch(/\/runbook\/late-vm-\w+\.left\.\d+\.out$/)
    await sleep(1500)
    expect(readFileSync(file, 'utf8')).toBe('late\n')
    const names = readdirSync(join(file, '..')).filter((name) => name.startsWith('late-vm'))
    expect(names).toEqual([file.split('/').at(-1)])
  })

  test('does not appear after a resume either', async () => {
    const first = await host.open({ run: 'lives' })
    await runCommand(first, '(for i in 1 2 3 4 5 6; do sleep 0.2; echo late; done) &', {
      beginsStep,
    })
    const events = first.run(
      [
        {
          command: 'echo begun; sleep 0.5; echo over',
          user: undefined,
          dir: undefined,
          env: {},
          secrets: [],
          stdin: undefined,
          streams: 'merged',
          timeoutMs: 10_000,
          beginsStep,
        },
      ],
      new AbortController().signal,
    )
    // What is left of a program that was killed: nothing is closed.
    const iterator = events[Symbol.asyncIterator]()
    const sending = await iterator.next()
    const begun = await iterator.next()
    if (sending.done || sending.value.kind !== 'sending') throw new Error('nothing was sent')
    expect(begun.value).toMatchObject({ kind: 'output', text: 'begun\n' })
    const second = await host.open({ run: 'lives' })
    await second.openAt(sending.value.frame)
    const again = await runCommand(second, 'echo begun; sleep 0.5; echo over', { beginsStep })
    expect(again.output).toBe('begun\nover\n')
    await second.close({ keep: false })
  })
})

test.each([0, 20, 60, 200, 1000])(
  'late output does not appear if the connection is lost after %i more bytes',
  async (bytes) => {
    const sshd = await startSshd(['MaxStartups 100'])
    const proxy = await startProxy(sshd.port)
    onTestFinished(async () => {
      await proxy.stop()
      await sshd.stop()
    })
    const key = publicKey(join(sshd.folder, 'host.pub'))
    writeFileSync(join(sshd.folder, 'known_hosts'), `[127.0.0.1]:${proxy.port} ${key}\n`)
    const target = { ...sshd.target, port: proxy.port }
    const session = await openSession({
      name: 'vm',
      run: `late-cut-${bytes}`,
      connect: () => connectSsh(target, { verifier: (hop) => createVerifier(hop) }),
    })
    await runCommand(session, `${ways['a job']} echo before`, { beginsStep })
    proxy.cutAfter(bytes)
    const command = 'echo x >>~/count; echo one; sleep 0.5; echo two; seq 300'
    const { output } = await runCommand(session, command, { beginsStep })
    expect(output).toBe(
      `one\ntwo\n${Array.from({ length: 300 }, (_, at) => `${at + 1}\n`).join('')}`,
    )
    expect((await runCommand(session, 'wc -l <~/count', { beginsStep })).output).toBe('1\n')
    await session.close({ keep: false })
  },
)
