import { labelled } from '../../diagnostic/labelled.ts'
import { reasonOf } from '../../diagnostic/reason-of.ts'
import { clauses, type Lang } from '../../model/message.ts'
import { messages } from './messages.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { shellsOf } from '../../run/earlier-shells.ts'
import type { HostSession, LeftRunning } from '../../run/ports.ts'
import { hostFailure } from '../host/open-hosts.ts'

/**
 * One line for each process that outlives the run; the run does not stop them.
 *
 * @param startedBy - The step whose command has this number in a user's shell, if known.
 */
export function leftNote(
  host: string,
  left: readonly LeftRunning[],
  startedBy: (user: string | null, number: number) => string | undefined,
  lang: Lang,
): string {
  const lines = left.map(({ user, number, pid, command, output }) => {
    const step = startedBy(user, number)
    return clauses([
      messages.stillRunning(host, command, pid),
      ...(step === undefined ? [] : [messages.startedBy(step)]),
      ...(output === '' ? [] : [messages.printsTo(output)]),
    ])[lang]
  })
  return lines.map((line) => `${labelled('note', lang)}${visibleText(line)}\n`).join('')
}

/**
 * Opens the shells of earlier lives that this one never needed: what they left running ends when they
 * are closed.
 *
 * @returns A line for each that cannot be opened.
 */
export async function reopenShells(
  sessions: ReadonlyMap<string, HostSession>,
  shells: ReturnType<typeof shellsOf>,
  { run, lang }: { readonly run: string; readonly lang: Lang },
): Promise<string> {
  const notes: string[] = []
  for (const [host, users] of shells) {
    const session = sessions.get(host)
    for (const user of session ? users : []) {
      try {
        await session?.openAt({ user: user ?? null })
      } catch (error) {
        if (!hostFailure(error)) throw error
        const as = user ?? session?.facts.user ?? ''
        const text = messages.mayStillRun(host, as, reasonOf(error), run)[lang]
        notes.push(`${labelled('note', lang)}${visibleText(text)}\n`)
      }
    }
  }
  return notes.join('')
}

/** The steps of commands sent since the run started or was resumed. */
export class SentCommands {
  readonly #steps = new Map<string, string>()

  add({ host, step, frame }: StampedEvent & { readonly kind: 'command-started' }): void {
    if (frame) this.#steps.set(`${host} ${frame.user} ${frame.number}`, step)
  }

  stepOf(host: string, user: string | null, number: number): string | undefined {
    return this.#steps.get(`${host} ${user} ${number}`)
  }
}
