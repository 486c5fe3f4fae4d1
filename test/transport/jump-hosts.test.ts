/** Each connection on the way to a host can be lost, and each wait for one of them has an end. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import type { SshTarget } from '../../src/model/ssh-target.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { TransportError } from '../../src/transport/transport.ts'
import { type Proxy, startProxy } from './proxy.ts'
import { makeKey, publicKey, type Sshd, startSshd } from './sshd.ts'
import { startSsh2Server } from './ssh2-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-jumps-'))
const path = (name: string): string => join(folder, name)
makeKey(path('host'))
let hosts: Sshd[]
let networks: Proxy[]

beforeAll(async () => {
  hosts = [await startSshd(), await startSshd(), await startSshd()]
  networks = await Promise.all(hosts.map(({ port }) => startProxy(port)))
})
afterAll(async () => {
  await Promise.all(networks.map((each) => each.stop()))
  await Promise.all(hosts.map((each) => each.stop()))
  rmSync(folder, { recursive: true, force: true })
})

const connect = (target: SshTarget) =>
  connectSsh(target, { verifier: (hop) => createVerifier(hop) })

/** A host by a network that can be cut. */
function behind(index: number): SshTarget {
  const host = hosts[index]
  const network = networks[index]
  if (!host || !network) throw new Error('no such host')
  const file = path(`known${index}`)
  writeFileSync(file, `[127.0.0.1]:${network.port} ${publicKey(join(host.folder, 'host.pub'))}\n`)
  const { hostKeys } = host.target
  return {
    ...host.target,
    name: ['first', 'second', 'last'][index] ?? '',
    port: network.port,
    hostKeys: { ...hostKeys, userFiles: [file], keepIn: file },
  }
}

/** A host whose network is its own. */
function knownAt(port: number): SshTarget {
  const file = path('known-silent')
  writeFileSync(file, `[127.0.0.1]:${port} ${publicKey(path('host.pub'))}\n`)
  const target = behind(0)
  const hostKeys = { ...target.hostKeys, userFiles: [file], keepIn: file }
  return { ...target, name: 'quiet', port, hostKeys }
}

async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await promise.catch((problem: unknown) => problem)
  if (error instanceof TransportError) return error
  throw new Error(`no TransportError: ${String(error)}`)
}

describe('a connection through two jump hosts', () => {
  test.each([
    [0, 'first, a jump host of last,'],
    [1, 'second, a jump host of last,'],
    [2, 'last'],
  ])('is lost with hop %i, and names it', async (index, who) => {
    const connection = await connect({ ...behind(2), jumps: [behind(0), behind(1)] })
    const channel = await connection.open()
    channel.stdin.write('sleep 100\n')
    networks[index]?.cut()
    const error = await connection.lost
    expect([error.reason, error.host]).toEqual(['lost', 'last'])
    expect(error.message).toContain(`the connection to ${who} was lost`)
    expect((await failure(connection.open())).reason).toBe('lost')
    channel.stdout.resume()
    channel.stderr.resume()
    expect(await channel.ended).toEqual({ kind: 'none' })
    await connection.close()
  })

  test.each([300, 1200, 2500, 4000])(
    'reports an error of the host if the first hop is lost after %i bytes',
    async (bytes) => {
      const connecting = connect({ ...behind(2), jumps: [behind(0), behind(1)] })
      networks[0]?.cutAfter(bytes)
      const done = await connecting.then(
        async (connection) => {
          // It came in time, or the dropped handshake was made again.
          networks[0]?.cut()
          return connection.lost
        },
        (error: unknown) => error,
      )
      expect(done).toBeInstanceOf(TransportError)
      networks[0]?.cutAfter(Infinity)
    },
  )
})

describe('a wait ends, with the name of the host,', () => {
  test('if a channel request is never answered', async () => {
    const silent = await startSsh2Server(path('host'), { answersNoChannel: true })
    const target = knownAt(silent.port)
    const connection = await connect({ ...target, connectTimeoutMs: 2000 })
    const error = await failure(connection.open())
    expect(error.reason).toBe('lost')
    expect(error.message).toBe('quiet did not open a channel within 2 s')
    await connection.close()
    await silent.stop()
  })

  test('if a jump host never connects further', async () => {
    const silent = await startSsh2Server(path('host'), { answersNoChannel: true })
    const target = { ...behind(2), connectTimeoutMs: 1000, jumps: [knownAt(silent.port)] }
    const error = await failure(connect(target))
    expect(error.reason).toBe('unreachable')
    expect(error.message).toMatch(/^last: the jump host cannot reach .*within 1 s/)
    await silent.stop()
  })

  test('if an agent never answers', async () => {
    const agent = createServer(() => {}).listen(path('agent'))
    const target = { ...behind(2), agentSocket: path('agent'), connectTimeoutMs: 1000 }
    const connection = await connect(target)
    await connection.close()
    const error = await failure(connect({ ...target, identityFiles: [] }))
    expect(error.message).toContain(`the agent at ${path('agent')} does not answer`)
    agent.close()
  })
})

describe('the algorithms that the user chose', () => {
  test('are offered to the host', async () => {
    const target: SshTarget = {
      ...behind(2),
      algorithms: {
        ciphers: ['aes256-ctr'],
        macs: ['hmac-sha2-512'],
        kex: ['ecdh-sha2-nistp384'],
        hostKeys: ['ssh-ed25519'],
      },
    }
    const connection = await connect(target)
    await connection.close()
    const log = hosts[2]?.log() ?? ''
    expect(log).toContain('cipher: aes256-ctr MAC: hmac-sha2-512')
    expect(log).toContain('kex: algorithm: ecdh-sha2-nistp384')
  })

  test('keep a key from being offered', async () => {
    const target = { ...behind(2), algorithms: { userKeys: ['rsa-sha2-256'] } }
    const error = await failure(connect(target))
    expect(error.reason).toBe('auth')
    expect(error.message).toContain('PubkeyAcceptedAlgorithms leaves out ssh-ed25519')
  })
})
