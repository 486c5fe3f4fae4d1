import type {
  BackgroundProcess,
  CommandEnd,
  CommandRequest,
  HostSession,
} from '../../src/run/ports.ts'

export interface Ran {
  /** What was printed, in order of coming. */
  readonly output: string
  readonly stdout: string
  readonly stderr: string
  readonly end: CommandEnd
  /** How many turns of a dialog were answered. */
  readonly answered: number
  /** Lines that looked like questions, at which it was silent. */
  readonly silentAt: readonly string[]
}

type Given = Partial<CommandRequest> & {
  readonly signal?: AbortSignal
  /** Called with all that the command has printed so far, whenever there is more. */
  readonly onOutput?: (output: string) => void
}

/** Runs a command to its end; what is not given is as in most pages. */
export async function runCommand(
  session: HostSession,
  command: string,
  given: Given = {},
): Promise<Ran> {
  const [ran, ...more] = await runBatch(session, [command], given)
  if (!ran || more.length > 0) throw new Error('a command has one end')
  return ran
}

/**
 * Runs commands as one batch, up to the first that does not end as it is allowed to.
 *
 * @param given.onEnd - Called for each before what comes next is read.
 */
export async function runBatch(
  session: HostSession,
  commands: readonly string[],
  given: Given & { readonly onEnd?: (index: number) => Promise<void> } = {},
): Promise<readonly Ran[]> {
  const { signal = new AbortController().signal, onEnd, onOutput, ...over } = given
  const batch = commands.map((command) => requestOf(command, over))
  const all: Ran[] = []
  let texts = { merged: '', stdout: '', stderr: '', tty: '' }
  let output = ''
  let silentAt: string[] = []
  for await (const event of session.run(batch, signal)) {
    if (all.length === commands.length) throw new Error('an event came after the end')
    if (event.kind === 'silent') silentAt.push(event.prompt)
    else if (event.kind === 'output') {
      texts[event.stream] += event.text
      output += event.text
      onOutput?.(output)
    } else if (event.kind === 'ended') {
      const { stdout, stderr } = texts
      const { end, answered = 0 } = event
      all.push({ output, stdout, stderr, end, answered, silentAt })
      texts = { merged: '', stdout: '', stderr: '', tty: '' }
      output = ''
      silentAt = []
      await onEnd?.(all.length - 1)
    }
  }
  return all
}

function requestOf(command: string, over: Partial<CommandRequest>): CommandRequest {
  return {
    command,
    user: undefined,
    dir: undefined,
    env: {},
    secrets: [],
    stdin: undefined,
    streams: 'merged',
    timeoutMs: 30_000,
    ...over,
  }
}

/** The status of a command that ended by itself. */
export function statusOf({ end }: Ran): number | string {
  return end.kind === 'exited' ? end.status : end.kind
}

/** Starts a command in the background; its folder has to be there. */
export async function startBackground(
  session: HostSession,
  request: CommandRequest,
): Promise<BackgroundProcess> {
  const process = await session.startBackground(request, 'TERM')
  if (process.kind !== 'started') throw new Error(`${process.folder} is gone`)
  return process
}
