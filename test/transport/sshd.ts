/**
 * A real OpenSSH server of this test run: its own configuration, keys and home folder, on a free
 * port of the loopback address. The system's service is never touched.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { SshTarget } from '../../src/model/ssh-target.ts'

export interface Sshd {
  readonly folder: string
  /** Home folder of whoever logs in. */
  readonly home: string
  readonly port: number
  /** Private key that may log in. */
  readonly identity: string
  readonly target: SshTarget
  /** What the server has logged so far. */
  log(): string
  stop(): Promise<void>
}

export async function startSshd(extra: readonly string[] = []): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-sshd-'))
  const path = (name: string): string => join(folder, name)
  const home = path('home')
  mkdirSync(home)
  makeKey(path('host'))
  makeKey(path('user'))
  writeFileSync(path('authorized'), readFileSync(path('user.pub')))
  const port = await freePort()
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${path('host')}`,
    `AuthorizedKeysFile ${path('authorized')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'LogLevel DEBUG1',
    'PasswordAuthentication no',
    // The last one of a name wins in the environment, the first one in the configuration.
    ...extra,
    `SetEnv HOME=${home}`,
  ]
  writeFileSync(path('config'), `${lines.join('\n')}\n`)
  execFileSync('mkdir', ['-p', '/run/sshd'])
  const server = spawn('/usr/sbin/sshd', ['-D', '-f', path('config'), '-E', path('log')], {
    stdio: 'ignore',
  })
  await untilListening(port, server)
  writeFileSync(path('known_hosts'), `[127.0.0.1]:${port} ${publicKey(path('host.pub'))}\n`)
  return {
    folder,
    home,
    port,
    identity: path('user'),
    target: sshTarget({ port, identityFiles: [path('user')], knownHosts: path('known_hosts') }),
    log: () => readFileSync(path('log'), 'utf8'),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A target on this computer with everything at its default but what is given. */
export function sshTarget(given: {
  readonly port: number
  readonly identityFiles: readonly string[]
  readonly knownHosts: string
}): SshTarget {
  return {
    name: 'vm',
    hostName: '127.0.0.1',
    port: given.port,
    user: userInfo().username,
    family: undefined,
    identityFiles: given.identityFiles,
    identitiesOnly: true,
    agentSocket: undefined,
    methods: ['publickey', 'keyboard-interactive', 'password'],
    proxyCommand: undefined,
    connectTimeoutMs: 20_000,
    keepAlive: { intervalMs: 15_000, count: 3 },
    jumps: [],
    hostKeys: {
      lookup: '127.0.0.1',
      userFiles: [given.knownHosts],
      keepIn: given.knownHosts,
      globalFiles: [],
      revokedFile: undefined,
      hashNames: false,
    },
    algorithms: {},
  }
}

export function makeKey(path: string, options: readonly string[] = []): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path, ...options])
}

/** Type and key, without the comment. */
export function publicKey(path: string): string {
  return readFileSync(path, 'utf8').trim().split(' ').slice(0, 2).join(' ')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'))
        else resolve(address.port)
      })
    })
  })
}

async function untilListening(port: number, server: ChildProcess): Promise<void> {
  let problem: Error | undefined
  server.once('error', (error) => {
    problem = new Error('these tests need sshd: apt-get install openssh-server', { cause: error })
  })
  for (let tries = 0; tries < 200; tries++) {
    if (problem) throw problem
    if (server.exitCode !== null) throw new Error(`sshd ended with ${server.exitCode}`)
    if (await canConnect(port)) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('sshd does not listen')
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
