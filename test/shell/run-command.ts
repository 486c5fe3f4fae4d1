import type { CommandEnd, CommandRequest, HostSession } from '../../src/run/ports.ts'

export interface Ran {
  /** What was printed, in order of coming. */
  readonly output: string
  readonly stdout: string
  readonly stderr: string
  readonly end: CommandEnd
  /** How many turns of a dialog were answered. */
  readonly answered: number
}

/** Runs a command to its end; what is not given is as in most pages. */
export async function runCommand(
  session: HostSession,
  command: string,
  given: Partial<CommandRequest> & { readonly signal?: AbortSignal } = {},
): Promise<Ran> {
  const { signal = new AbortController().signal, ...over } = given
  const request = {
    command,
    user: undefined,
    dir: undefined,
    env: {},
    secrets: [],
    stdin: undefined,
    streams: 'merged',
    timeoutMs: 30_000,
    ...over,
  } as const
  const texts = { merged: '', stdout: '', stderr: '', tty: '' }
  let output = ''
  let end: CommandEnd | undefined
  let answered = 0
  for await (const event of session.run(request, signal)) {
    if (end) throw new Error('an event came after the end')
    if (event.kind === 'ended') {
      end = event.end
      answered = event.answered ?? 0
    } else if (event.kind === 'output') {
      texts[event.stream] += event.text
      output += event.text
    }
  }
  if (!end) throw new Error('no end came')
  return { output, stdout: texts.stdout, stderr: texts.stderr, end, answered }
}

/** The status of a command that ended by itself. */
export function statusOf({ end }: Ran): number | string {
  return end.kind === 'exited' ? end.status : end.kind
}
