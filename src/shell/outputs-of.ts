/** What an exchange prints, as the events of a command. */

import type { CommandEvent } from '../run/ports.ts'
import type { exchange } from './exchange.ts'
import type { Frame } from './frame.ts'
import type { Outcome } from './outcome.ts'

type StreamNames = Readonly<Record<'out' | 'err', 'merged' | 'stdout' | 'stderr' | 'tty'>>

/** Passes on what is printed as the page's streams, and gives how it ended. */
export async function* outputsOf(
  talk: ReturnType<typeof exchange>,
  frame: Frame,
): AsyncGenerator<CommandEvent, Outcome> {
  const names = namesOf(frame)
  try {
    for (;;) {
      const next = await talk.next()
      if (next.done === true) return next.value
      if ('prompt' in next.value) yield { kind: 'silent', prompt: next.value.prompt }
      else yield { kind: 'output', stream: names[next.value.stream], text: next.value.text }
    }
  } finally {
    // Where nobody reads on, the command is ended.
    await talk.return({ kind: 'lost', cause: 'nobody reads on' })
  }
}

function namesOf({ terminal, streams }: Frame): StreamNames {
  if (terminal) return terminalNames
  return streams === 'merged' ? mergedNames : apartNames
}

const mergedNames = { out: 'merged', err: 'merged' } as const
const terminalNames = { out: 'tty', err: 'tty' } as const
const apartNames = { out: 'stdout', err: 'stderr' } as const
