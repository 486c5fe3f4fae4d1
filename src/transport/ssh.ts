/**
 * Reaches a host over ssh: one connection for the whole run, through its jump hosts if it has any.
 *
 * Host keys are checked before anything is said about the user, and there is no switch to skip
 * it. Knows nothing of configuration files: `inventory` has read them.
 */

import type { Duplex } from 'node:stream'
import type { Client, ConnectConfig } from 'ssh2'
import type { HostKeyVerifier, SshTarget } from '../model/ssh-target.ts'
import { authentication } from './ssh-auth.ts'
import {
  answerNeeds,
  type CredentialQuestion,
  type Credentials,
  type Told,
  toldNothing,
} from './ssh-credentials.ts'
import { openChannel } from './ssh-channel.ts'
import { passwordExpired } from './password-expired.ts'
import { refusal } from './ssh-host-key.ts'
import { startProxy } from './ssh-proxy.ts'
import { openSocket } from './ssh-socket.ts'
import { whyNot } from './ssh-why-not.ts'
import { withHandshake } from './handshakes.ts'
import { type Connection, TransportError } from './transport.ts'

export interface SshOptions {
  /** Judges the keys of `target`, which may be a jump host. */
  readonly verifier: (target: SshTarget) => Promise<HostKeyVerifier>
  /** Without it nobody is asked for a passphrase or a password. */
  readonly credentials?: Credentials | undefined
  readonly signal?: AbortSignal
}

/** @throws {TransportError} All of its reasons. */
export async function connectSsh(target: SshTarget, options: SshOptions): Promise<Connection> {
  const clients: Client[] = []
  const closeAll = (): void => {
    for (const client of clients.toReversed()) client.destroy()
  }
  try {
    let through: Client | undefined
    let fingerprint = ''
    for (const hop of [...target.jumps, target]) {
      const opened: Opened = await connectTo(hop, through, options)
      clients.push(opened.client)
      through = opened.client
      fingerprint = opened.fingerprint
    }
    if (!through) throw new Error('unreachable: no client')
    return toConnection(target, { client: through, fingerprint }, closeAll)
  } catch (error) {
    closeAll()
    throw error
  }
}

interface Opened {
  readonly client: Client
  readonly fingerprint: string
}

async function connectTo(
  target: SshTarget,
  through: Client | undefined,
  options: SshOptions,
): Promise<Opened> {
  const verifier = await options.verifier(target)
  const told = toldNothing()
  for (;;) {
    try {
      return await withHandshake(target, async () => {
        const sock = through && (await forward(through, target))
        return handshake(target, { verifier, told, sock, signal: options.signal })
      })
    } catch (error) {
      // Nobody waits inside a handshake: the host gives it a time limit. Ask, then connect again.
      if (error instanceof UnknownKey && (await verifier.accept(error.blob))) continue
      const isAnswered =
        error instanceof NeedsAnswer && (await answerNeeds(error.needs, told, options.credentials))
      if (!isAnswered) throw error
    }
  }
}

function forward(through: Client, target: SshTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    through.forwardOut('127.0.0.1', 0, target.hostName, target.port, (error, channel) => {
      if (!error) return resolve(channel)
      const message = `the jump host cannot reach ${target.hostName}:${target.port} (${error.message})`
      reject(new TransportError('unreachable', target.name, message, { cause: error }))
    })
  })
}

/** The key is fine to be asked about; nothing was said to the host yet. */
class UnknownKey extends TransportError {
  readonly blob: Uint8Array

  constructor(host: string, base: TransportError, blob: Uint8Array) {
    const { refusedKey } = base
    super(base.reason, host, base.message, refusedKey ? { refusedKey } : {})
    this.blob = blob
  }
}

/** The host would let us in if somebody knew the answers. */
class NeedsAnswer extends TransportError {
  readonly needs: readonly CredentialQuestion[]

  constructor(base: TransportError, needs: readonly CredentialQuestion[]) {
    super(base.reason, base.host, base.message, { cause: base.cause })
    this.needs = needs
  }
}

interface Handshake {
  readonly verifier: HostKeyVerifier
  readonly told: Told
  /** Instead of a connection of our own. */
  readonly sock: Duplex | undefined
  readonly signal: AbortSignal | undefined
}

async function handshake(
  target: SshTarget,
  { verifier, told, sock, signal }: Handshake,
): Promise<Opened> {
  signal?.throwIfAborted()
  const { ssh2 } = await import('./ssh2.ts')
  const auth = await authentication(target, ssh2, told)
  const client = new ssh2.Client()
  let refused: TransportError | undefined
  let fingerprint = ''
  const hostVerifier = (blob: Buffer): boolean => {
    const decision = verifier.verify(blob)
    fingerprint = decision.key.fingerprint
    if (decision.kind === 'known') return true
    const error = refusal(target, decision)
    refused = decision.kind === 'unknown' ? new UnknownKey(target.name, error, blob) : error
    return false
  }
  const proxy =
    sock || target.proxyCommand === undefined ? undefined : startProxy(target.proxyCommand)
  const socket = sock ?? proxy?.socket ?? openSocket(target)
  let banner = ''
  const config: ConnectConfig = {
    sock: socket,
    username: target.user,
    authHandler: auth.handler,
    hostVerifier,
    algorithms: {
      cipher: [...ciphers],
      serverHostKey: verifier.algorithms.flatMap((name) => hostKeys.filter((own) => own === name)),
    },
    readyTimeout: target.connectTimeoutMs,
    keepaliveInterval: target.keepAlive.intervalMs,
    keepaliveCountMax: target.keepAlive.count,
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      client.destroy()
      signal?.removeEventListener('abort', abort)
      void explain(error)
    }
    const explain = async (error: Error): Promise<void> => {
      const said = (await proxy?.said()) || banner
      proxy?.stop()
      const why = refused ?? whyNot(target, error, { ...auth, told, said })
      reject(auth.needs.length > 0 && !refused ? new NeedsAnswer(why, auth.needs) : why)
    }
    auth.onNeeds = () =>
      fail(Object.assign(new Error('nobody answered'), { level: 'client-authentication' }))
    auth.onExpired = (said) => {
      refused = new TransportError(
        'password-expired',
        target.name,
        passwordExpired(target.name, said),
      )
      fail(refused)
    }
    client.on('change password', auth.onExpired)
    client.on('banner', (text) => {
      banner = text
    })
    const abort = (): void => fail(new Error('cancelled'))
    signal?.addEventListener('abort', abort)
    client.on('error', fail)
    client.once('close', () => fail(new Error('Connection lost before handshake')))
    client.once('ready', () => {
      signal?.removeEventListener('abort', abort)
      client.removeAllListeners('close').removeAllListeners('error')
      resolve({ client, fingerprint })
    })
    client.connect(config)
  })
}

/** What ssh2 can check, without SHA-1. */
const hostKeys = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const

const ciphers = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'chacha20-poly1305@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
] as const

function toConnection(target: SshTarget, opened: Opened, closeAll: () => void): Connection {
  const { client, fingerprint } = opened
  let closing = false
  let cause: Error | undefined
  let lostError: TransportError | undefined
  const lost = new Promise<TransportError>((resolve) => {
    // A lost connection ends without an error event as often as with one.
    client.on('error', (error) => {
      cause ??= error
    })
    client.once('close', () => {
      if (closing) return
      const why = cause ? ` (${cause.message})` : ''
      const message = `the connection to ${target.name} was lost${why}`
      lostError = new TransportError('lost', target.name, message, cause ? { cause } : {})
      closeAll()
      resolve(lostError)
    })
  })
  return {
    host: target.name,
    address: target.hostName,
    hostKey: fingerprint,
    lost,
    open() {
      if (lostError) return Promise.reject(lostError)
      return openChannel(client, target.name)
    },
    async close() {
      closing = true
      const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
      client.end()
      // Where nobody answers any more we do not wait for a goodbye.
      const timer = setTimeout(closeAll, 1000)
      await closed
      clearTimeout(timer)
      closeAll()
    },
  }
}
