/** `--step` at the terminal: shows the next step and asks what to do with it. */

import { messages } from './messages.ts'
import { shared } from '../../diagnostic/messages.ts'
import { clauses, type Lang } from '../../model/message.ts'
import { shellMessage } from '../../parse/library-messages.ts'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nearest } from '../../text/nearest.ts'
import { visibleText } from '../../text/visible-text.ts'
import { splitShell } from '../../parse/shell-commands.ts'
import { addressMeant, type StepChoice, type StepQuestion } from '../../run/control.ts'
import { type AskLine, wrongKey } from './key-questions.ts'
import { say } from '../output.ts'

export interface StepDialog {
  readonly lang: Lang
  readonly openShell: ((host: string) => Promise<void>) | undefined
  /** Shows the step before the first question, and again after other output has hidden it. */
  readonly show: () => void
  readonly ask: AskLine
}

const stepKeys = ['r', 's', 'e', 'j', 'o', 'p', 'q', '?']

export async function askStep(
  question: StepQuestion,
  dialog: StepDialog,
): Promise<StepChoice | undefined> {
  const { lang, ask, openShell, show } = dialog
  show()
  for (;;) {
    const answer = await ask(messages.stepMenu[lang])
    if (answer === undefined) return undefined
    const [word = '', argument] = answer.trim().split(/\s+/)
    if (word === '' || word === 'r') return { kind: 'run' }
    if (word === 's') return { kind: 'skip' }
    if (word === 'q') return { kind: 'quit' }
    if (word === 'e') {
      const text = await editedText(question, lang)
      if (text !== undefined) return { kind: 'edit', text }
    } else if (word === 'j') {
      const text = argument ?? (await ask(messages.whichStep[lang]))?.trim() ?? ''
      const step = addressMeant(text, question)
      if (step !== undefined) return { kind: 'jump', step }
      const ids = question.steps.map((each) => each.split('#').at(-1) ?? each)
      say(`${unknownStep(text, nearest(text, ids), lang)}\n`)
    } else if (word === 'o') {
      await openShell?.(question.host)
      show()
    } else if (word === 'p') {
      for (const step of question.steps)
        say(`${step === question.step ? '→' : ' '} ${visibleText(step)}\n`)
    } else if (word === '?') say(`${messages.stepHelp[lang]}\n`)
    else say(`${wrongKey(word, stepKeys, lang)}\n`)
  }
}

/** @returns `undefined`: the text is unchanged. */
async function editedText(
  { text: before, about }: StepQuestion,
  lang: Lang,
): Promise<string | undefined> {
  const { kind } = about.work
  if (kind === 'manual') {
    say(`    ${messages.nothingToEdit[lang]}\n`)
    return undefined
  }
  const text = await edit(before)
  if (text === before.replace(/\n$/, '')) {
    say(`    ${messages.notEdited[lang]}\n`)
    return undefined
  }
  const problem = kind === 'commands' ? splitShell(text).problem : undefined
  if (!problem) return text
  say(`    ${visibleText(shellMessage(problem.message)[lang])}\n`)
  return undefined
}

function unknownStep(text: string, meant: string | undefined, lang: Lang): string {
  const problem = messages.noSuchStep(visibleText(text))
  const all =
    meant === undefined ? problem : clauses([problem, shared.didYouMean(visibleText(meant))])
  return `    ${all[lang]}`
}

/** Opens the person's editor on the step's text. */
async function edit(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'runbook-edit-'))
  const file = join(folder, 'step.sh')
  try {
    await writeFile(file, `${text}\n`, { mode: 0o600 })
    const editor = process.env['VISUAL'] || process.env['EDITOR'] || 'vi'
    // The variable may contain flags, as other programs accept.
    await runInteractive('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file])
    return (await readFile(file, 'utf8')).replace(/\n$/, '')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a program in the foreground of the terminal. */
export function runInteractive(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', () => resolve())
  })
}
