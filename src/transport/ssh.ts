/**
 * Connects to a host over ssh: one connection for the whole run, through its jump hosts if any.
 *
 * Verifies host keys before sending anything about the user; there is no switch to skip this. Reads
 * no configuration: `inventory` does.
 */

import type { Message } from '../model/message.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import type { Duplex } from 'node:stream'
import type { Client, ConnectConfig } from 'ssh2'
import type { HostKeyVerifier, SshTarget } from '../model/ssh-target.ts'
import { algorithmsOf } from './ssh-algorithms.ts'
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
import { createWay, type Way } from './ssh-way.ts'
import { whyNot } from './ssh-why-not.ts'
import { withHandshake } from './handshakes.ts'
import { type Connection, TransportError } from './transport.ts'
import { within } from './within.ts'

export interface SshOptions {
  /** Verifies keys of `target`, which may be a jump host. */
  readonly verifier: (target: SshTarget) => Promise<HostKeyVerifier>
  /** Without it, no passphrase or password is asked for. */
  readonly credentials?: Credentials | undefined
  readonly signal?: AbortSignal
}

/** @throws {TransportError} For any of its reasons. */
export async function connectSsh(target: SshTarget, options: SshOptions): Promise<Connection> {
  const way = createWay(target)
  try {
    let fingerprint = ''
    for (const hop of [...target.jumps, target]) {
      const opened = await connectTo(hop, way, options)
      way.add(hop, opened.client)
      fingerprint = opened.fingerprint
    }
    return toConnection(target, fingerprint, way)
  } catch (error) {
    way.close()
    // A lost jump host is the cause of every failure behind it.
    throw way.lostError ?? error
  }
}

interface Opened {
  readonly client: Client
  readonly fingerprint: string
}

async function connectTo(target: SshTarget, way: Way, options: SshOptions): Promise<Opened> {
  const verifier = await options.verifier(target)
  const told = toldNothing()
  for (;;) {
    try {
      return await withHandshake(target, async () => {
        if (way.lostError) throw way.lostError
        const sock = way.last && (await forward(way.last, target))
        return handshake(target, { verifier, told, sock, signal: options.signal })
      })
    } catch (error) {
      if (way.lostError) throw way.lostError
      // The host limits the time of a handshake, so ask after it, then connect again.
      if (error instanceof UnknownKey && (await verifier.accept(error.blob))) continue
      const isAnswered =
        error instanceof NeedsAnswer && (await answerNeeds(error.needs, told, options.credentials))
      if (!isAnswered) throw error
    }
  }
}

function forward(through: Client, target: SshTarget): Promise<Duplex> {
  const address = `${target.hostName}:${target.port}`
  const refuse = (why: Message, cause?: Error): TransportError =>
    new TransportError(
      'unreachable',
      target.name,
      messages.jumpFails(target.name, address, why),
      cause ? { cause } : {},
    )
  const asked = new Promise<Duplex>((resolve, reject) => {
    try {
      through.forwardOut('127.0.0.1', 0, target.hostName, target.port, (error, channel) => {
        if (error) reject(refuse(reasonOf(error), error))
        else resolve(channel)
      })
    } catch (error) {
      // ssh2 throws synchronously if the socket is gone.
      reject(refuse(reasonOf(error)))
    }
  })
  const late = messages.noAnswerWithin(target.connectTimeoutMs / 1000)
  return within(asked, target.connectTimeoutMs, () => refuse(late))
}

/** The host key needs a person's decision; nothing about the user was sent yet. */
class UnknownKey extends TransportError {
  readonly blob: Uint8Array

  constructor(host: string, base: TransportError, blob: Uint8Array) {
    const { refusedKey } = base
    super(base.reason, host, base.text, refusedKey ? { refusedKey } : {})
    this.blob = blob
  }
}

/** The login needs answers from a person. */
class NeedsAnswer extends TransportError {
  readonly needs: readonly CredentialQuestion[]

  constructor(base: TransportError, needs: readonly CredentialQuestion[]) {
    super(base.reason, base.host, base.text, { cause: base.cause })
    this.needs = needs
  }
}

interface Handshake {
  readonly verifier: HostKeyVerifier
  readonly told: Told
  /** Carries the connection in place of a new socket. */
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
    algorithms: algorithmsOf(target, verifier),
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
      // An unhandled error event would end the program.
      client.on('error', () => {})
      resolve({ client, fingerprint })
    })
    client.connect(config)
  })
}

function toConnection(target: SshTarget, fingerprint: string, way: Way): Connection {
  const { last } = way
  if (!last) throw new Error('unreachable: no client')
  return {
    host: target.name,
    address: target.hostName,
    hostKey: fingerprint,
    lost: way.lost,
    open() {
      if (way.lostError) return Promise.reject(way.lostError)
      return openChannel(last, target)
    },
    async close() {
      if (way.lostError) return
      way.expectEnd()
      const closed = new Promise<void>((resolve) => last.once('close', () => resolve()))
      last.end()
      // Do not wait for a goodbye from a host that no longer answers.
      await within(closed, goodbyeMs, () => undefined)
      way.close()
    },
  }
}

const goodbyeMs = 1000
