import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifier, type UnknownHostKey } from '../../src/inventory/known-hosts.ts'
import type { SshTarget } from '../../src/model/ssh-target.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { type Credentials, createCredentials } from '../../src/transport/ssh-credentials.ts'
import { TransportError } from '../../src/transport/transport.ts'
import { makeKey, publicKey, type Sshd, sshTarget, startSshd } from './sshd.ts'
import { type Ssh2Server, startSsh2Server } from './ssh2-server.ts'
import { read, transportContract } from './transport-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-ssh-'))
const path = (name: string): string => join(folder, name)
makeKey(path('host'))
makeKey(path('user'))
makeKey(path('other'))

let sshd: Sshd
let server: Ssh2Server
let inProcess: SshTarget

beforeAll(async () => {
  sshd = await startSshd()
  server = await startSsh2Server(path('host'))
  writeFileSync(path('known'), `[127.0.0.1]:${server.port} ${publicKey(path('host.pub'))}\n`)
  inProcess = sshTarget({
    port: server.port,
    identityFiles: [path('user')],
    knownHosts: path('known'),
  })
})
afterAll(async () => {
  await sshd.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const connect = (
  target: SshTarget,
  ask?: (unknown: UnknownHostKey) => Promise<boolean>,
  credentials?: Credentials,
) => connectSsh(target, { verifier: (hop) => createVerifier(hop, ask), credentials })

/** Another server in this process, with its key known. */
function at({ port }: Ssh2Server, name: string): SshTarget {
  writeFileSync(path(name), `[127.0.0.1]:${port} ${publicKey(path('host.pub'))}\n`)
  return { ...withFile(inProcess, path(name)), port }
}

async function failure(connecting: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await connecting.catch((problem: unknown) => problem)
  if (error instanceof TransportError) return error
  throw new Error(`no TransportError: ${String(error)}`)
}

transportContract('ssh to a server in this process', () => connect(inProcess))
transportContract('ssh to OpenSSH', () => connect(sshd.target))

function withFile(target: SshTarget, file: string): SshTarget {
  return { ...target, hostKeys: { ...target.hostKeys, userFiles: [file], keepIn: file } }
}

describe('a host key', () => {
  test('that is unknown is refused before login', async () => {
    const before = server.logins()
    const error = await failure(connect(withFile(inProcess, path('nothing'))))
    expect(error.reason).toBe('host-key-unknown')
    expect(error.message).toContain(error.refusedKey?.offered.fingerprint)
    expect(server.logins()).toBe(before)
  })

  test('that has changed is refused with both fingerprints and the line, without a question', async () => {
    writeFileSync(path('changed'), `\n[127.0.0.1]:${server.port} ${publicKey(path('other.pub'))}\n`)
    const before = server.logins()
    const error = await failure(connect(withFile(inProcess, path('changed')), async () => true))
    expect(error.reason).toBe('host-key-changed')
    expect(error.refusedKey?.place).toEqual({ file: path('changed'), line: 2 })
    for (const key of ['host', 'other']) {
      const fingerprint = execFileSync('ssh-keygen', ['-lf', path(`${key}.pub`)]).toString()
      expect(error.message).toContain(fingerprint.split(' ')[1])
    }
    expect(server.logins()).toBe(before)
  })

  test('that is accepted is stored, so that it is known the next time', async () => {
    const file = path('accepted')
    const asked: UnknownHostKey[] = []
    const target = withFile(sshd.target, file)
    const first = await connect(target, async (unknown) => {
      asked.push(unknown)
      return true
    })
    await first.close()
    const second = await connect(target)
    await second.close()
    expect(asked).toHaveLength(1)
    expect(asked[0]?.key.fingerprint).toBe(second.hostKey)
    expect(readFileSync(file, 'utf8')).toBe(
      `[127.0.0.1]:${sshd.port} ${publicKey(join(sshd.folder, 'host.pub'))}\n`,
    )
  })

  test('that is declined is not stored', async () => {
    const file = path('declined')
    const error = await failure(connect(withFile(sshd.target, file), async () => false))
    expect(error.reason).toBe('host-key-unknown')
    expect(() => readFileSync(file)).toThrow(/ENOENT/)
  })
})

describe('a login', () => {
  test('with a key that the host does not know lists the keys that were tried', async () => {
    const error = await failure(connect({ ...sshd.target, identityFiles: [path('other')] }))
    expect(error.reason).toBe('auth')
    expect(error.message).toContain(path('other'))
  })

  test('with an encrypted key says what to do', async () => {
    makeKey(path('locked'), ['-N', 'secret'])
    const error = await failure(connect({ ...sshd.target, identityFiles: [path('locked')] }))
    expect(error.reason).toBe('auth')
    expect(error.message).toContain('ssh-add')
  })

  test('finds its key in an agent among others, and offers only named ones with IdentitiesOnly', async () => {
    const socket = path('agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
    try {
      for (let index = 0; index < 7; index++) makeKey(path(`wrong${index}`))
      const keys = [0, 1, 2, 3, 4, 5, 6].map((index) => path(`wrong${index}`))
      const env = { ...process.env, SSH_AUTH_SOCK: socket }
      await untilThere(socket)
      execFileSync('ssh-add', ['-q', ...keys, sshd.identity], { env })
      const target = {
        ...sshd.target,
        agentSocket: socket,
        identityFiles: [`${sshd.identity}.pub`],
      }
      const connection = await connect(target)
      await connection.close()
      // All of them would be more than MaxAuthTries.
      const error = await failure(connect({ ...target, identitiesOnly: false, identityFiles: [] }))
      expect(error.reason).toBe('auth')
    } finally {
      agent.kill()
    }
  })
})

describe('a connection', () => {
  test('goes through a jump host, each with its own key', async () => {
    const connection = await connect({ ...inProcess, jumps: [sshd.target] })
    const channel = await connection.open()
    channel.stdin.end('echo through\n')
    expect((await read(channel)).stdout.toString()).toBe('through\n')
    await connection.close()
  })

  test('names the host that does not answer', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const error = await failure(connect({ ...sshd.target, port, connectTimeoutMs: 300 }))
    expect(error.reason).toBe('unreachable')
    silent.close()
    expect(error.message).toContain(`127.0.0.1:${port}`)
  })

  test('reports a refused connection', async () => {
    const error = await failure(connect({ ...sshd.target, port: 1 }))
    expect(error.reason).toBe('unreachable')
    expect(error.message).toContain('ECONNREFUSED')
  })

  test('reports when it is lost, and opens no more channels', async () => {
    const connection = await connect(inProcess)
    const channel = await connection.open()
    channel.stdin.write('sleep 100\n')
    server.cut()
    expect((await connection.lost).reason).toBe('lost')
    expect((await failure(connection.open())).reason).toBe('lost')
    channel.stdout.resume()
    channel.stderr.resume()
    expect(await channel.ended).toEqual({ kind: 'none' })
  })

  test('names a host that refuses another channel', async () => {
    const stingy = await startSsh2Server(path('host'), { maxChannels: 1 })
    const connection = await connect(at(stingy, 'stingy'))
    await connection.open()
    const error = await failure(connection.open())
    expect(error.reason).toBe('unsupported')
    await connection.close()
    await stingy.stop()
  })

  test('does not change an expired password', async () => {
    const strict = await startSsh2Server(path('host'), { wantsNewPassword: true })
    const credentials = createCredentials(() => Promise.resolve('old'))
    const error = await failure(connect(at(strict, 'strict'), undefined, credentials))
    expect(error.reason).toBe('password-expired')
    expect(error.message).toContain('it is too old')
    await strict.stop()
  })

  test('opens one channel after another without leaving a listener behind', async () => {
    const warnings: string[] = []
    const hear = ({ message }: Error): void => void warnings.push(message)
    process.on('warning', hear)
    const connection = await connect(inProcess)
    for (let opened = 0; opened < 12; opened++) (await connection.open()).close()
    await connection.close()
    process.off('warning', hear)
    expect(warnings).toEqual([])
  })

  test('is opened 30 times at once through a server that accepts ten', async () => {
    const connections = await Promise.all(Array.from({ length: 30 }, () => connect(sshd.target)))
    expect(connections).toHaveLength(30)
    await Promise.all(connections.map((each) => each.close()))
  })
})

async function untilThere(socket: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      execFileSync('test', ['-S', socket])
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  throw new Error('no agent')
}
