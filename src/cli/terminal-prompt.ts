/**
 * Questions to the person at the terminal. Without a terminal nobody is asked and nothing waits.
 */

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Lang } from '../check/check-sentence.ts'
import { visibleLines, visibleText } from '../diagnostic/visible-text.ts'
import { askStep } from './step-dialog.ts'
import type { ConfirmQuestion, Prompt } from '../run/ports.ts'

export interface TerminalPromptOptions {
  readonly lang: Lang
  /** Opens a shell for a person on a host of the run. */
  readonly openShell?: (host: string) => Promise<void>
  /** `--no-input`: as if there were no terminal. */
  readonly noInput: boolean
  /** Called before a question is shown. */
  readonly beforeQuestion: () => void
}

/** A person that can be asked for more than a consent. */
export interface TerminalPrompt extends Prompt {
  readonly isThere: boolean
  /** One line that a person types; `hidden` shows none of it. `undefined`: nobody is there. */
  ask(question: string, options: { readonly hidden: boolean }): Promise<string | undefined>
}

export function terminalPrompt({
  lang,
  noInput,
  beforeQuestion,
  openShell,
}: TerminalPromptOptions): TerminalPrompt {
  const isThere = !noInput && process.stdin.isTTY && process.stderr.isTTY
  let turn: Promise<unknown> = Promise.resolve()
  /** One question at a time: several hosts may ask at once. */
  const ask = (
    question: string,
    hidden: boolean,
    signal?: AbortSignal,
  ): Promise<string | undefined> => {
    const mine = turn.then(() => askNow(question, hidden, signal))
    turn = mine.catch(() => {})
    return mine
  }
  const askNow = async (
    question: string,
    hidden: boolean,
    signal?: AbortSignal,
  ): Promise<string | undefined> => {
    if (!isThere || signal?.aborted) return undefined
    beforeQuestion()
    // Whoever wrote a part of it: a page, a host, an ssh config.
    const shown = visibleLines(question)
    // readline echoes what is typed to its output: a hidden answer has none.
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({
      input: process.stdin,
      output: hidden ? silent : process.stderr,
      terminal: true,
    })
    // The terminal is ours while we ask: Ctrl-C comes as a character.
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
    // Who sees the question may type at once: only here has the terminal stopped echoing.
    if (hidden) process.stderr.write(shown)
    // Ctrl-D closes the input: the person gives no answer.
    const closed = new Promise<undefined>((resolve) => {
      lines.once('close', () => resolve(undefined))
    })
    try {
      const answer = lines.question(hidden ? '' : shown, signal ? { signal } : {})
      return await Promise.race([answer, closed])
    } catch (error) {
      if (signal?.aborted) return undefined
      throw error
    } finally {
      lines.close()
      if (hidden) process.stderr.write('\n')
    }
  }
  return {
    isThere,
    ask: (question, { hidden }) => ask(question, hidden),
    step: (question, signal) => {
      if (!isThere) return Promise.resolve(undefined)
      return askStep(question, { lang, openShell, ask: (text) => ask(text, false, signal) })
    },
    failure: async (question, signal) => {
      const text =
        lang === 'zh'
          ? ` ✘  ${idOf(question.step)}  [r] 再试一次  [s] 跳过  [q] 停止: `
          : ` ✘  ${idOf(question.step)}  [r] try again  [s] skip  [q] quit: `
      const answer = (await ask(text, false, signal))?.trim()
      if (answer === undefined) return undefined
      return answer === 'r' ? 'retry' : answer === 's' ? 'skip' : 'quit'
    },
    confirm: async (question, signal) => {
      const answer = await ask(textOf(question, lang), false, signal)
      return answer === undefined ? undefined : readAnswer(question, answer.trim())
    },
  }
}

function textOf(question: ConfirmQuestion, lang: Lang): string {
  const text = visibleText(question.text)
  const id = idOf(question.step)
  if (question.kind === 'manual') {
    return lang === 'zh'
      ? ` ?  ${id}  ${text}  [d] 做好了  [s] 跳过  [q] 停止: `
      : ` ?  ${id}  ${text}  [d] done  [s] skip  [q] quit: `
  }
  return lang === 'zh'
    ? `步骤 ${id}（在 ${question.host} 上）会失去：${text}。输入 ${id} 继续，其它任何输入停止: `
    : `Step ${id} (on ${question.host}) loses: ${text}. Type ${id} to go on, anything else stops: `
}

function readAnswer(question: ConfirmQuestion, answer: string): 'yes' | 'skip' | 'no' {
  if (question.kind === 'danger') return answer === idOf(question.step) ? 'yes' : 'no'
  if (answer === 'd') return 'yes'
  return answer === 's' ? 'skip' : 'no'
}

function idOf(address: string): string {
  return visibleText(address.split('#').at(-1) ?? address)
}
