/** Waits for a reboot: polls the host until its boot id has changed and its services are up. */

import { runScript } from './run-script.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RebootEvent } from '../run/ports.ts'
import { TransportError } from '../transport/transport.ts'
import { type HostLink, mayPass } from '../transport/host-link.ts'
import { channelScripts } from './host-programs.ts'
import { ShellError } from './shell-error.ts'
import { timeLimit } from '../transport/within.ts'

export interface RebootWait {
  readonly link: HostLink
  /** The boot id before the reboot. */
  readonly bootId: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const pollMs = 500
const answerTimeoutMs = 5000
/** Failed logins that are retried: while a host boots, it may refuse all users but root. */
const maxRefusals = 10
const refusalPauseMs = 2000
/** How long to wait for services after the boot id has changed. */
const startupTimeoutMs = 60_000

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
      const answer = await untilAborted(askBoot(link), limit)
      if (limit.aborted) break
      if (answer === undefined) await link.drop()
      else if (answer.bootId !== bootId) {
        startedAt ??= performance.now()
        const isStarting = /^(?:starting|initializing)/.test(answer.state)
        if (!isStarting || performance.now() - startedAt > startupTimeoutMs) {
          yield { kind: 'back' }
          return
        }
      }
    } catch (error) {
      if (!isPassing(error) && ++refused > maxRefusals) throw error
      const isFirst = cause === undefined
      cause = reasonOf(error)
      if (isFirst) yield { kind: 'lost', cause }
      if (!isPassing(error)) await pause(refusalPauseMs, limit)
    }
    await pause(pollMs, limit)
  }
  yield cause === undefined ? { kind: 'up' } : { kind: 'away', cause }
}

/**
 * Whether a reboot explains the error: true for a lost connection, false for a refused login.
 *
 * @throws `error` itself for all others, a changed host key among them.
 */
function isPassing(error: unknown): boolean {
  if (mayPass(error) || error instanceof ShellError) return true
  if (!(error instanceof TransportError) || error.reason !== 'auth') throw error
  return false
}

/** Resolves to `undefined` once `signal` aborts, and then ignores the promise. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  promise.catch(() => {})
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined)
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** @returns `undefined` after a timeout. */
async function askBoot(
  link: HostLink,
): Promise<{ readonly bootId: string; readonly state: string } | undefined> {
  const { status, stdout } = await runScript(link, {
    user: undefined,
    parameters: {},
    body: channelScripts.reboot(),
    timeoutMs: answerTimeoutMs,
    maxBytes: 4096,
  })
  if (status === undefined) return undefined
  const [bootId = '', state = ''] = stdout.toString().split('\n')
  return { bootId, state }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
