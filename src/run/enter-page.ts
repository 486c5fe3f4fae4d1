import { messages } from './messages.ts'
import type { CommandRequest } from './ports.ts'
import { failed, interrupted, type StepEnd } from './step-end.ts'
import { sudoUser, type StepContext } from './step-context.ts'

/** The key of a step's shell: host and user. */
export function shellKey(context: Pick<StepContext, 'planned' | 'session'>): string {
  return `${context.planned.host} ${sudoUser(context) ?? ''}`
}

/**
 * Changes the shell to a page's starting folder before the page's first command; a new shell starts
 * there.
 *
 * @param entered - The page that each shell is in, by host and user.
 * @param wasUsed - Whether the shell was used before the run was resumed.
 * @returns The step's end if its user cannot enter the folder; `undefined`: continue.
 */
export async function enterPage(
  context: StepContext,
  entered: Map<string, string>,
  wasUsed: boolean,
): Promise<StepEnd | undefined> {
  const { planned, session, ports, options } = context
  const user = sudoUser(context)
  const shell = shellKey(context)
  const { file } = planned.runbook
  const before = entered.get(shell)
  entered.set(shell, file)
  if (before === file) return undefined
  const isThere = before === undefined && user === undefined && planned.runbook.dir === undefined
  if (isThere && !wasUsed) return undefined
  const dir = ports.startDir(planned.runbook, planned.host)
  const request: CommandRequest = {
    // Unset the variable before the page's first command. A user without a home folder starts in
    // `/`, as at login.
    command:
      dir === undefined ? 'cd 2>/dev/null || cd /' : 'cd -- "$RUNBOOK_DIR" && unset RUNBOOK_DIR',
    user,
    dir: undefined,
    env: dir === undefined ? {} : { RUNBOOK_DIR: dir },
    secrets: [],
    stdin: undefined,
    streams: 'merged',
    timeoutMs: 30_000,
    leavesFolder: true,
  }
  for await (const event of session.run([request], ports.signal)) {
    if (event.kind !== 'ended') continue
    if (event.end.kind === 'exited' && event.end.status === 0) continue
    entered.delete(shell)
    if (event.end.kind === 'cancelled') return interrupted(messages.cancelled[options.lang])
    return failed('no-folder', messages.noFolder(dir ?? '~')[options.lang])
  }
  return undefined
}
