/** Processes that a page started in the background on one host: how they are doing, and their end. */

import type { BackgroundProcess, CommandRequest, HostSession } from '../run/ports.ts'
import { BackgroundOutput, type ReadBackground, readBackgroundAnswer } from './background-output.ts'
import { channelScripts } from './host-programs.ts'
import type { HostLink } from './host-link.ts'
import { mostStatus, readNumber } from './host-says.ts'
import type { HostShell, StartedInBackground } from './host-shell-port.ts'
import type { Account } from './open-channel.ts'

export interface Background extends Pick<
  HostSession,
  'startBackground' | 'backgroundState' | 'stopBackground'
> {
  stopAll(): Promise<void>
  /** The host was started again: they are gone. */
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
  readonly printed: BackgroundOutput
}

export function createBackground({ link, graceMs, shellOf, accountOf }: Where): Background {
  const all = new Map<number, Started>()
  const started = async ({ pid }: BackgroundProcess): Promise<Started & { folder: string }> => {
    const known = all.get(pid)
    if (!known) throw new Error(`unreachable: process ${pid} was not started here`)
    return { ...known, folder: (await shellOf(known.user)).folder }
  }
  const stopBackground = async (process: BackgroundProcess, stop: string): Promise<void> => {
    const { folder, mark, pid, user } = await started(process)
    await link.script({
      user: accountOf(user),
      parameters: {
        RB_D: folder,
        RB_MARK: mark,
        RB_PID: String(pid),
        RB_SIGNAL: stop.replace(/^SIG/, ''),
        RB_GRACE: String(Math.ceil(graceMs / 100)),
      },
      body: channelScripts.endBackground(),
      timeoutMs: graceMs + 20_000,
      maxBytes: 4096,
    })
    all.delete(pid)
  }
  return {
    async startBackground(request: CommandRequest) {
      const process = await (await shellOf(request.user)).startBackground(request)
      all.set(process.pid, { ...process, user: request.user, printed: new BackgroundOutput() })
      return { pid: process.pid }
    },
    async backgroundState(process) {
      const { folder, number, pid, user, printed } = await started(process)
      const read: ReadBackground = async (offset, maxBytes) => {
        const { stdout } = await link.script({
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
    async stopAll() {
      for (const pid of all.keys()) await stopBackground({ pid }, 'TERM').catch(() => {})
    },
    forget: () => all.clear(),
  }
}
