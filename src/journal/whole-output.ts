/**
 * The whole output of one step on one host, from the journal and from the compressed logs beside it.
 * A repeated command replaces its first attempt.
 */

import { createReadStream, lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { parsedEvent } from '../model/event-schema.ts'
import { fullLogName } from './journal.ts'
import { linesFrom } from './journal-lines.ts'

interface StreamOutput {
  /** `seq` of its first event, which names its log. */
  readonly first: number
  readonly texts: string[]
  /** The journal has only its beginning and its end. */
  isTruncated: boolean
}

type CommandOutput = Map<string, StreamOutput>

/** Yields parts in order. A part of a journal is at most a command's output there, about a megabyte. */
export async function* wholeOutput(
  journal: string,
  of: { readonly step: string; readonly host: string },
): AsyncGenerator<string | Uint8Array> {
  for (const command of commandsOf(journal, of)) {
    for (const { first, texts, isTruncated } of command.values()) {
      const log = join(dirname(journal), fullLogName(first))
      if (isTruncated && lstatSync(log, { throwIfNoEntry: false })?.isFile() === true)
        yield* createReadStream(log).pipe(createGunzip())
      else yield* texts
    }
  }
}

function commandsOf(
  journal: string,
  { step, host }: { readonly step: string; readonly host: string },
): readonly CommandOutput[] {
  const commands: CommandOutput[] = []
  const mark = `"step":${JSON.stringify(step)}`
  for (const line of linesFrom(journal, 0)) {
    if (!line.includes(mark)) continue
    const event = parsedEvent(line.toString())
    if (!event || !('step' in event) || event.step !== step || event.host !== host) continue
    if (event.kind === 'command-started') commands.splice(event.index, Infinity, new Map())
    if (event.kind !== 'output') continue
    const streams = commands[event.index]
    const known = streams?.get(event.stream)
    const output = known ?? { first: event.seq, texts: [], isTruncated: false }
    output.texts.push(event.text)
    output.isTruncated ||= event.truncated === true
    streams?.set(event.stream, output)
  }
  return commands
}
