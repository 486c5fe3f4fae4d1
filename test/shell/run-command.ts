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
  /** Called with all of the output so far, whenever there is more. */
  readonly onOutput?: (output: string) => void
}

/** Runs a command to its end; what is not given is as in most pages. */
export function runCommand(session: HostSession, command: string, given: Given = {}): Promise<Ran> {
  const { signal = new AbortController().signal, onOutput, ...over } = given
  return runRequest(session, requestOf(command, over), signal, onOutput)
}

/**
 * Runs commands one after the other, all that follow sent ahead, up to the first that does not end
 * as it is allowed to.
 */
export async function runTrain(
  session: HostSession,
  commands: readonly string[],
  given: Given & { readonly between?: (index: number) => Promise<void> } = {},
): Promise<readonly Ran[]> {
  const { signal = new AbortController().signal, between, ...over } = given
  const { allowed = [0] } = over
  const requestAt = (index: number): CommandRequest => ({
    ...requestOf(commands[index] ?? '', over),
    ahead: function* () {
      for (let next = index + 1; next < commands.length; next++) yield requestAt(next)
    },
  })
  const all: Ran[] = []
  for (const index of commands.keys()) {
    const ran = await runRequest(session, requestAt(index), signal)
    all.push(ran)
    if (allowed !== 'any' && !allowed.includes(Number(statusOf(ran)))) break
    await between?.(index)
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

async function runRequest(
  session: HostSession,
  request: CommandRequest,
  signal: AbortSignal,
  onOutput: (output: string) => void = () => {},
): Promise<Ran> {
  const texts = { merged: '', stdout: '', stderr: '', tty: '' }
  let output = ''
  let end: CommandEnd | undefined
  let answered = 0
  const silentAt: string[] = []
  for await (const event of session.run(request, signal)) {
    if (end) throw new Error('an event came after the end')
    if (event.kind === 'ended') {
      end = event.end
      answered = event.answered ?? 0
    } else if (event.kind === 'silent') silentAt.push(event.prompt)
    else if (event.kind === 'output') {
      texts[event.stream] += event.text
      output += event.text
      onOutput(output)
    }
  }
  if (!end) throw new Error('no end came')
  return { output, stdout: texts.stdout, stderr: texts.stderr, end, answered, silentAt }
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
