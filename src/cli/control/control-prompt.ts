/** A `Prompt` that another program answers, through a socket on descriptor 3. */

import { Socket } from 'node:net'
import { fstatSync } from 'node:fs'
import type * as z from 'zod/mini'
import type { Lang } from '../../model/message.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { maskedAbout, type TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { answerShapes, type FromRun, type Question, toRun } from './control-message.ts'
import { askStep } from './ask-step.ts'
import { messages } from './messages.ts'

/** The descriptor that `--control` uses. */
const descriptor = 3

export interface ControlPrompt extends TerminalPrompt {
  close(): void
}

export interface ControlOptions {
  readonly lang: Lang
  /** Masks secrets in descriptions of steps. */
  readonly mask: (text: string) => string
}

/**
 * Announces the run and creates its prompt.
 *
 * @throws {UsageError} If descriptor 3 is not a socket.
 */
export function controlPrompt(run: string, { lang, mask }: ControlOptions): ControlPrompt {
  if (!isSocket()) throw new UsageError(messages.needsPipe, messages.useServe)
  const channel = new ControlChannel(new Socket({ fd: descriptor, readable: true, writable: true }))
  channel.send({ kind: 'run', run })
  return {
    isThere: true,
    close: () => channel.close(),
    ask: (text, { hidden }) =>
      channel.ask({ kind: 'line', text, hidden }, answerShapes.line, undefined),
    step: (question, signal) => {
      const asked = { ...question, about: maskedAbout(question.about, mask) }
      return askStep(asked, {
        lang,
        mask,
        askStep: (each) => channel.ask(each, answerShapes.step, signal),
        askConsent: (each) => channel.ask(each, answerShapes.confirm, signal),
      })
    },
    failure: (question, signal) => {
      const asked = { ...question, about: maskedAbout(question.about, mask) }
      return channel.ask({ kind: 'failure', question: asked }, answerShapes.failure, signal)
    },
    confirm: ({ kind, ...question }, signal) => {
      const asked = { ...question, about: maskedAbout(question.about, mask) }
      return channel.ask(
        { kind: 'confirm', about: kind, question: asked },
        answerShapes.confirm,
        signal,
      )
    },
  }
}

function isSocket(): boolean {
  try {
    return fstatSync(descriptor).isSocket()
  } catch {
    return false
  }
}

class ControlChannel {
  readonly #socket: Socket
  readonly #open = new Map<number, (answer: unknown) => void>()
  #last = 0
  #unread = ''
  #isGone = false

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('utf8').on('data', (text: string) => this.#take(text))
    // If the other program ends, the run continues without a person.
    socket.on('error', () => this.#leave()).on('close', () => this.#leave())
    socket.unref()
  }

  send(message: FromRun): void {
    if (!this.#isGone) this.#socket.write(`${JSON.stringify(message)}\n`)
  }

  close(): void {
    this.#socket.end()
  }

  /** @returns `undefined` if nobody can answer. */
  async ask<Shape extends z.core.$ZodType>(
    question: Question,
    shape: Shape & { safeParse: (value: unknown) => { success: boolean; data?: z.infer<Shape> } },
    signal: AbortSignal | undefined,
  ): Promise<z.infer<Shape> | undefined> {
    if (this.#isGone || signal?.aborted === true) return undefined
    const id = ++this.#last
    this.#socket.ref()
    try {
      return await new Promise((resolve) => {
        const withdraw = () => {
          this.send({ kind: 'withdrawn', id })
          resolve(undefined)
        }
        signal?.addEventListener('abort', withdraw, { once: true })
        this.#open.set(id, (answer) => {
          const read = shape.safeParse(answer)
          // The other program takes a question as answered once it has sent something.
          if (!read.success && answer !== undefined)
            return this.send({ kind: 'question', id, question })
          signal?.removeEventListener('abort', withdraw)
          resolve(read.data)
        })
        this.send({ kind: 'question', id, question })
      })
    } finally {
      this.#open.delete(id)
      if (this.#open.size === 0) this.#socket.unref()
    }
  }

  #take(text: string): void {
    const lines = (this.#unread + text).split('\n')
    this.#unread = lines.pop() ?? ''
    for (const line of lines) {
      const message = toRun.safeParse(parsed(line))
      if (message.success) this.#open.get(message.data.id)?.(message.data.answer)
    }
  }

  #leave(): void {
    this.#isGone = true
    for (const resolve of this.#open.values()) resolve(undefined)
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
