/** Waits for a host to come back with another boot id, by asking it again and again. */

import { reasonOf } from '../diagnostic/reason-of.ts'
import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RebootEvent } from '../run/ports.ts'
import { TransportError } from '../transport/transport.ts'
import { type HostLink, mayPass } from './host-link.ts'
import { channelScripts } from './host-programs.ts'
import { ShellError } from './shell-error.ts'
import { timeLimit } from './time-limit.ts'

export interface RebootWait {
  readonly link: HostLink
  /** Before. */
  readonly bootId: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const pauseMs = 500
const answerMs = 5000
/** While it starts, a host may refuse those who are not root. */
const refusals = 10
/** How long a host that is back may go on starting its services. */
const startingMs = 60_000

export async function* awaitReboot(wait: RebootWait): AsyncGenerator<RebootEvent, void> {
  const { signal, stop } = timeLimit(wait.timeoutMs, wait.signal)
  try {
    yield* askUntil(wait, signal)
  } finally {
    stop()
  }
}

async function* askUntil(
  { link, bootId }: Pick<RebootWait, 'link' | 'bootId'>,
  limit: AbortSignal,
): AsyncGenerator<RebootEvent, void> {
  let cause: Message | undefined
  let refused = 0
  let startedAt: number | undefined
  while (!limit.aborted) {
    if (link.isLost && cause === undefined) {
      cause = messages.connectionLost
      yield { kind: 'lost', cause }
    }
    try {
      const answer = await before(askBoot(link), limit)
      if (limit.aborted) break
      if (answer === undefined) await link.drop()
      else if (answer.bootId !== bootId) {
        startedAt ??= performance.now()
        const isStarting = /^(?:starting|initializing)/.test(answer.state)
        if (!isStarting || performance.now() - startedAt > startingMs) {
          yield { kind: 'back' }
          return
        }
      }
    } catch (error) {
      if (!isPassing(error) && ++refused > refusals) throw error
      const isFirst = cause === undefined
      cause = reasonOf(error)
      if (isFirst) yield { kind: 'lost', cause }
      if (!isPassing(error)) await pause(2000, limit)
    }
    await pause(pauseMs, limit)
  }
  yield cause === undefined ? { kind: 'up' } : { kind: 'away', cause }
}

/** What a host that goes down or comes up does; a changed key is none of it. */
function isPassing(error: unknown): boolean {
  if (mayPass(error) || error instanceof ShellError) return true
  if (!(error instanceof TransportError) || error.reason !== 'auth') throw error
  return false
}

/** `undefined` once `signal` aborts; what comes later is nobody's. */
function before<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  promise.catch(() => {})
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined)
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** `undefined`: it did not answer in time. */
async function askBoot(
  link: HostLink,
): Promise<{ readonly bootId: string; readonly state: string } | undefined> {
  const { status, stdout } = await link.script({
    user: undefined,
    parameters: {},
    body: channelScripts.reboot(),
    timeoutMs: answerMs,
    maxBytes: 4096,
  })
  if (status === undefined) return undefined
  const [bootId = '', state = ''] = stdout.toString().split('\n')
  return { bootId, state }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
