import { messages } from './messages.ts'
import type { CommandRequest } from './ports.ts'
import { failed, interrupted, type StepEnd } from './step-end.ts'
import { sudoUser, type StepContext } from './step-context.ts'

/** Names the shell of a step: one a host and user. */
export function shellKey(context: Pick<StepContext, 'planned' | 'session'>): string {
  return `${context.planned.host} ${sudoUser(context) ?? ''}`
}

/**
 * A page begins in its own starting folder: the shell goes there when the page's first command
 * comes. Where the shell is new it is there already.
 *
 * @param entered - By host and user the page that the shell is in.
 * @param wasUsed - Whether an earlier life of the run has taken the shell anywhere.
 * @returns How the step ends where its user cannot go there; `undefined`: the step goes on.
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
    // The name is ours and gone before the page's first command.
    // Who has no home folder is where a login would be.
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
