/** Asks the person at the terminal. Without a terminal, nothing is asked and nothing waits. */

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { visibleText } from '../../text/visible-text.ts'
import type { Lang } from '../../model/message.ts'
import { aboutLines } from '../../report/about-lines.ts'
import type { StepAbout, StepWork } from '../../run/step-about.ts'
import type { Prompt } from '../../run/ports.ts'
import { askConfirm, askFailure, type AskLine } from './key-questions.ts'
import { paletteOf, say } from '../output.ts'
import { askStep } from './step-dialog.ts'

/** Another writer to the terminal, which is silent from `pause` to `resume`. */
export interface SharedScreen {
  pause(): void
  resume(): void
}

export interface TerminalPromptOptions {
  readonly lang: Lang
  /** Opens a shell for a person on a host of the run. */
  readonly openShell?: (host: string) => Promise<void>
  /** `--no-input`: behave as without a terminal. */
  readonly noInput: boolean
  /** `undefined`: nothing is drawn now. */
  readonly screen?: () => SharedScreen | undefined
  /** Masks what is shown of a step. */
  readonly mask?: (text: string) => string
}

/** A person who can answer any question, not only confirm. */
export interface TerminalPrompt extends Prompt {
  readonly isThere: boolean
  /** Reads one line; `hidden` disables the echo. `undefined`: nobody can answer. */
  ask(question: string, options: { readonly hidden: boolean }): Promise<string | undefined>
}

export function terminalPrompt({
  lang,
  noInput,
  openShell,
  screen = () => undefined,
  mask = (text) => text,
}: TerminalPromptOptions): TerminalPrompt {
  const isThere = !noInput && process.stdin.isTTY && process.stderr.isTTY
  let last: Promise<unknown> = Promise.resolve()
  /** Queues whole dialogs, because several hosts may ask at once. */
  const inTurn = <T>(dialog: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> => {
    if (!isThere) return Promise.resolve(undefined)
    const mine = last.then(async () => {
      if (signal?.aborted) return undefined
      const shared = screen()
      shared?.pause()
      try {
        return await dialog()
      } finally {
        shared?.resume()
      }
    })
    last = mine.catch(() => {})
    return mine
  }
  const show = (about: StepAbout) => {
    const palette = paletteOf(process.stderr)
    const columns = process.stderr.columns ?? 80
    const lines = aboutLines(maskedAbout(about, mask), { lang, palette, columns })
    say(`\n${lines.join('\n')}\n`)
  }
  return {
    isThere,
    ask: (question, { hidden }) => inTurn(() => askLine(question, { hidden })),
    step: (question, signal) =>
      inTurn(() => {
        const about = () => show(question.about)
        return askStep(question, { lang, openShell, show: about, ask: askingLines(signal) })
      }, signal),
    failure: (question, signal) =>
      inTurn(() => {
        show(question.about)
        return askFailure(question, lang, askingLines(signal))
      }, signal),
    confirm: (question, signal) =>
      inTurn(() => {
        show(question.about)
        return askConfirm(question, lang, askingLines(signal))
      }, signal),
  }
}

function askingLines(signal: AbortSignal): AskLine {
  return (question) => askLine(question, { hidden: false, signal })
}

interface LineOptions {
  readonly hidden: boolean
  readonly signal?: AbortSignal
}

async function askLine(
  question: string,
  { hidden, signal }: LineOptions,
): Promise<string | undefined> {
  if (signal?.aborted) return undefined
  // readline echoes input to its output; a hidden answer gets a null output.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: true,
  })
  // readline puts the terminal in raw mode, so Ctrl-C arrives as a character.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // Print the question only now that the echo is off, because a person may type at once.
  if (hidden) say(question)
  // Ctrl-D closes the input: the person gives no answer.
  const closed = new Promise<undefined>((resolve) => {
    lines.once('close', () => resolve(undefined))
  })
  let answer: string | undefined
  try {
    // Questions contain words of pages and hosts.
    const drawn = question.split('\n').map(visibleText).join('\n')
    const asked = lines.question(hidden ? '' : drawn, signal ? { signal } : {})
    answer = await Promise.race([asked, closed])
    return answer
  } catch (error) {
    if (signal?.aborted) return undefined
    throw error
  } finally {
    lines.close()
    // Without an echoed Enter, the question's line is still open.
    if (hidden || answer === undefined) say('\n')
  }
}

/** Values and a file's diff may contain a secret. */
export function maskedAbout(about: StepAbout, mask: (text: string) => string): StepAbout {
  const values = about.values.map(({ name, value }) => ({ name, value: value && mask(value) }))
  return { ...about, values, work: maskedWork(about.work, mask) }
}

function maskedWork(work: StepWork, mask: (text: string) => string): StepWork {
  if (work.kind !== 'file' && work.kind !== 'patch') return work
  const { forecast } = work
  if (forecast?.kind !== 'changes' || forecast.diff === undefined) return work
  return { ...work, forecast: { ...forecast, diff: mask(forecast.diff) } }
}
