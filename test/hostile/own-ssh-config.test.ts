/** A project's ssh configuration beside the user's own, with real ssh and a real sshd. */

import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectWith } from '../cli/run-cli.ts'
import { type Sshd, startSshd } from '../transport/sshd.ts'
import { ownHomeUnavailable, startInHome } from './own-home.ts'

const why = ownHomeUnavailable()
const home = mkdtempSync(join(tmpdir(), 'runbook-home-'))
let sshd: Sshd
beforeAll(async () => {
  if (why === undefined) sshd = await startSshd()
})
afterAll(async () => {
  await sshd?.stop()
  rmSync(home, { recursive: true, force: true })
})

interface Answer {
  readonly code: number | null
  readonly said: string
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}

const page = { 'a.md': '# A\n\n```bash {#one}\ntrue\n```\n' }

function projectFor(config: string): string {
  return projectWith({ 'runbook.yml': 'pages: .\nssh-config: hosts\n', hosts: config, ...page })
}

async function ask(own: string, config: string, ...args: readonly string[]): Promise<Answer> {
  writeFileSync(join(home, 'config'), own, { mode: 0o600 })
  const child = startInHome(home, { args, cwd: projectFor(config), terminal: false })
  child.stdin?.end()
  return answerOf(child)
}

describe.skipIf(why !== undefined)(`a host of the user's own${why ? ` (${why})` : ''}`, () => {
  test.each([
    ['HostName', 'Host web\n  HostName 192.0.2.1\n', 'Host web\n  HostName 192.0.2.9\n'],
    ['User', 'Host web\n  User me\n', 'Host *\n  User root\n'],
    ['ProxyJump', 'Host web\n  HostName 192.0.2.1\n', 'Host *\n  ProxyJump evil\n'],
    ['HostName', 'Host w*\n  Port 2222\n', 'Host web\n  HostName 192.0.2.9\n'],
    ['HostKeyAlias', 'Host web\n  Port 2222\n', 'Host web\n  HostKeyAlias other\n'],
    ['UserKnownHostsFile', 'Host web\n  Port 2222\n', 'UserKnownHostsFile /dev/null\n'],
    ['HostName', 'Match originalhost web\n  Port 2222\n', 'Host web\n  HostName 192.0.2.9\n'],
  ])('is not changed by the project without consent: %s', async (option, own, config) => {
    const { code, said } = await ask(own, config, 'host', 'web', '--lang', 'en')
    expect(code).toBe(3)
    expect(said).toContain('your own ssh configuration defines this host')
    expect(said).toContain(`${option} is `)
    expect(said).toContain('--ssh-config ~/.ssh/config')
  })

  test('is reached as the chosen file says', async () => {
    const config = 'Host web\n  HostName 192.0.2.9\n'
    const flags = ['host', 'web', '--ssh-config', 'hosts']
    const { code, said } = await ask('Host web\n  HostName 192.0.2.1\n', config, ...flags)
    expect([code, said.includes('192.0.2.9')]).toEqual([0, true])
  })

  test.each([
    ['that it does not name', 'Host db\n  User me\n', 'Host web\n  HostName 192.0.2.9\n'],
    ['that all hosts are like', 'Host *\n  User me\n', 'Host web\n  HostName 192.0.2.9\n'],
    ['that the project leaves as it is', 'Host web\n  HostName 192.0.2.9\n', 'Host db\n  User x\n'],
    [
      'that both have alike',
      'Host web\n  HostName 192.0.2.9\n',
      'Host web\n  HostName 192.0.2.9\n',
    ],
  ])('is reached without a question: one %s', async (_which, own, config) => {
    const { code, said } = await ask(own, config, 'host', 'web')
    expect([code, said.includes('192.0.2.9')]).toEqual([0, true])
  })
})

/** Types each answer once its question is shown. */
async function talk(
  { own, config, args }: { own: string; config: string; args: readonly string[] },
  answers: readonly (readonly [string, string])[],
): Promise<Answer> {
  writeFileSync(join(home, 'config'), own, { mode: 0o600 })
  const child = startInHome(home, { args, cwd: projectFor(config), terminal: true })
  const left = [...answers]
  let seen = ''
  child.stdout?.on('data', (text) => {
    seen += String(text)
    const [next] = left
    if (!next || !seen.includes(next[0])) return
    seen = ''
    left.shift()
    child.stdin?.write(next[1])
  })
  const answer = await answerOf(child)
  expect(left).toEqual([])
  return answer
}

const projects = (): string =>
  `Host web\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  UserKnownHostsFile known_hosts\n`

describe.skipIf(why !== undefined)('at a terminal', () => {
  test('a person may confirm the change', async () => {
    const own = 'Host web\n  HostName 192.0.2.1\n'
    const yes = await talk({ own, config: projects(), args: ['host', 'web', '--lang', 'en'] }, [
      ['anything else stops', 'yes\n'],
    ])
    expect([yes.code, yes.said.includes(`127.0.0.1:${sshd.port}`)]).toEqual([0, true])
    const no = await talk({ own, config: projects(), args: ['host', 'web', '--lang', 'en'] }, [
      ['anything else stops', 'no\n'],
    ])
    expect(no.code).toBe(3)
  }, 30_000)

  test("a shell for the person reaches the run's host by both configurations", async () => {
    const own = `Host *\n  IdentityFile ${sshd.identity}\n  IdentitiesOnly yes\n`
    const known = readFileSync(join(sshd.folder, 'known_hosts'), 'utf8')
    writeFileSync(join(home, 'known_hosts'), known)
    const config = projects().replace('UserKnownHostsFile known_hosts', 'ConnectTimeout 10')
    const args = ['exec', 'a.md', '--host', 'web', '--step', '--lang', 'en']
    const { said } = await talk({ own, config, args }, [
      ['[Enter] run', 'o\n'],
      ['# ', 'echo in-$((40+2))-${SSH_AUTH_SOCK:-none}; exit\n'],
      ['[Enter] run', 'q\n'],
    ])
    expect(said).toContain('in-42-none')
  }, 60_000)
})
