/** Processes that a page started in the background on one host: how they are doing, their end, what is left. */

import { runScript } from './run-script.ts'
import type { BackgroundProcess, CommandRequest, HostSession, LeftRunning } from '../run/ports.ts'
import { oneLine } from '../text/one-line.ts'
import { BackgroundOutput, type ReadBackground, readBackgroundAnswer } from './background-output.ts'
import { channelScripts } from './host-programs.ts'
import type { HostLink } from '../transport/host-link.ts'
import { createShellScanner, mostNumber, mostStatus, readNumber } from './marker.ts'
import type { HostShell, StartedInBackground } from './host-shell.ts'
import type { Account } from './open-channel.ts'

export interface Background extends Pick<
  HostSession,
  'startBackground' | 'backgroundState' | 'stopBackground'
> {
  /**
   * Stops the processes of this life and, in the shells of `users`, those that an earlier life
   * left.
   */
  stopAll(users: readonly (string | undefined)[]): Promise<void>
  /** The host was rebooted, so they are gone. */
  forget(): void
}

interface Where {
  readonly link: HostLink
  readonly graceMs: number
  readonly shellOf: (user: string | undefined) => Promise<HostShell>
  readonly accountOf: (user: string | undefined) => Account | undefined
}

interface Started extends StartedInBackground {
  readonly user: string | undefined
  readonly stop: string
  readonly printed: BackgroundOutput
}

/** What is needed to stop a process. */
interface Ended {
  readonly user: string | undefined
  readonly folder: string
  readonly number: number
  readonly mark: string
  readonly pid: number | undefined
  readonly stop: string
}

export function createBackground({ link, graceMs, shellOf, accountOf }: Where): Background {
  const all = new Map<number, Started>()
  /** Users whose shells have no processes of an earlier life left. */
  const cleared = new Set<string | undefined>()
  const started = async ({
    pid,
  }: Pick<BackgroundProcess, 'pid'>): Promise<Started & { readonly folder: string }> => {
    const known = all.get(pid)
    if (!known) throw new Error(`unreachable: process ${pid} was not started here`)
    return { ...known, folder: (await shellOf(known.user)).folder }
  }
  const end = async ({ user, folder, number, mark, pid, stop }: Ended): Promise<void> => {
    await runScript(link, {
      user: accountOf(user),
      parameters: {
        RB_D: folder,
        RB_NUMBER: String(number),
        RB_MARK: mark,
        RB_PID: pid === undefined ? '' : String(pid),
        RB_SIGNAL: stop.replace(/^SIG/, ''),
        RB_GRACE: String(Math.ceil(graceMs / 100)),
      },
      body: channelScripts.endBackground(),
      timeoutMs: graceMs + 20_000,
      maxBytes: 4096,
    })
  }
  const stopBackground = async (
    process: Pick<BackgroundProcess, 'pid'>,
    stop: string,
  ): Promise<void> => {
    await end({ ...(await started(process)), stop })
    all.delete(process.pid)
  }
  /**
   * Stops what an earlier life of the run left: its client was killed, or lost the host for good.
   */
  const endLeft = async (user: string | undefined): Promise<void> => {
    const { folder, isFirst } = await shellOf(user)
    if (isFirst || cleared.has(user)) return
    const { stdout } = await runScript(link, {
      user: accountOf(user),
      parameters: { RB_D: folder },
      body: channelScripts.leftBackground(),
      timeoutMs: 30_000,
      maxBytes: 64 * 1024,
    })
    const own = new Set([...all.values()].map(({ mark }) => mark))
    for (const left of readLeft(stdout.toString())) {
      if (!own.has(left.mark)) await end({ ...left, user, folder })
    }
    cleared.add(user)
  }
  return {
    async startBackground(request: CommandRequest, stop) {
      const { user } = request
      await endLeft(user)
      const process = await (await shellOf(user)).startBackground(request, stop)
      if (process.kind === 'lost-folder') return process
      all.set(process.pid, { ...process, user, stop, printed: new BackgroundOutput() })
      return { kind: 'started', pid: process.pid }
    },
    async backgroundState(process) {
      const { folder, number, pid, user, printed } = await started(process)
      const read: ReadBackground = async (offset, maxBytes) => {
        const { stdout } = await runScript(link, {
          user: accountOf(user),
          parameters: {
            RB_D: folder,
            RB_NUMBER: String(number),
            RB_PID: String(pid),
            RB_AT: String(offset),
            RB_BYTES: String(maxBytes),
          },
          body: channelScripts.background(),
          timeoutMs: 30_000,
          maxBytes: maxBytes + 256,
        })
        return readBackgroundAnswer(link.host, stdout, { offset, maxBytes })
      }
      const { state, output } = await printed.readNew(read)
      const status = readNumber(state, mostStatus) ?? null
      return { running: state === 'running', status, output }
    },
    stopBackground,
    async stopAll(users) {
      for (const [pid, { stop }] of all) await stopBackground({ pid }, stop).catch(() => {})
      for (const user of users) await endLeft(user).catch(() => {})
    },
    forget: () => all.clear(),
  }
}

/** Parses the output of `left-background.sh`; skips lines of other programs. */
function readLeft(text: string): readonly Omit<Ended, 'user' | 'folder'>[] {
  const lines = text.matchAll(/^(\d+) ([0-9a-f]{16}-\d+) ([A-Z0-9+-]+) (\d+)$/gm)
  return [...lines].flatMap(([, numberText, mark = '', stop = '', pidText]) => {
    const number = readNumber(numberText, mostNumber)
    const pid = readNumber(pidText, mostNumber)
    return number === undefined ? [] : [{ number, mark, stop, pid: pid || undefined }]
  })
}

/** Of what a host names, so much is told. */
const mostTold = 50

/**
 * What a shell has left running, as `close.sh` tells it.
 *
 * @param user - Whose shell started it.
 */
export function leftRunning(
  said: Buffer,
  shellNonce: string,
  user: string | null,
): readonly LeftRunning[] {
  const found = createShellScanner(shellNonce, mostNumber).push(said)
  return found
    .flatMap((mark) => (Buffer.isBuffer(mark) || mark.kind !== 'l' ? [] : [mark.fields]))
    .flatMap(([numberText, pidText, file = '', ...command]) => {
      const number = readNumber(numberText, mostNumber)
      const pid = readNumber(pidText, mostNumber)
      if (number === undefined || pid === undefined) return []
      return [{ user, number, pid, command: oneLine(command.join(':')), output: oneLine(file) }]
    })
    .slice(0, mostTold)
}
