import type { CommandRequest } from './ports.ts'
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
 */
export async function enterPage(context: StepContext, entered: Map<string, string>): Promise<void> {
  const { planned, session, ports } = context
  const user = sudoUser(context)
  const shell = shellKey(context)
  const { file } = planned.runbook
  const before = entered.get(shell)
  entered.set(shell, file)
  if (before === file) return
  if (before === undefined && user === undefined && planned.runbook.dir === undefined) return
  const dir = ports.startDir(planned.runbook, planned.host)
  const request: CommandRequest = {
    // The name is ours and gone before the page's first command.
    command: dir === undefined ? 'cd' : 'cd -- "$RUNBOOK_DIR"; unset RUNBOOK_DIR',
    user,
    dir: undefined,
    env: dir === undefined ? {} : { RUNBOOK_DIR: dir },
    secrets: [],
    stdin: undefined,
    streams: 'merged',
    timeoutMs: 30_000,
  }
  for await (const event of session.run(request, ports.signal)) void event
}
