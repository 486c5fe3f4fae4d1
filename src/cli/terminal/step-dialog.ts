/**
 * `--step` at the terminal: shows what comes next and asks what to do with it.
 */

import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lang } from '../../check/check-sentence.ts'
import { nearest } from '../../text/nearest.ts'
import { visibleText } from '../../text/visible-text.ts'
import { splitShell } from '../../parse/shell-commands.ts'
import { addressMeant, type StepChoice, type StepQuestion } from '../../run/control.ts'
import { type AskLine, wrongKey } from './key-questions.ts'
import { say } from '../output.ts'

export interface StepDialog {
  readonly lang: Lang
  readonly openShell: ((host: string) => Promise<void>) | undefined
  /** Shows the step: before the first question, and again once it is hidden by something else. */
  readonly show: () => void
  readonly ask: AskLine
}

const menus: Readonly<Record<Lang, string>> = {
  zh: '[Enter] 执行  s 跳过  e 修改  j 跳到  o 主机的 shell  p 计划  q 停止  ? 说明: ',
  en: '[Enter] run  s skip  e edit  j jump  o shell  p plan  q quit  ? help: ',
}

const stepKeys = ['r', 's', 'e', 'j', 'o', 'p', 'q', '?']

const helps: Readonly<Record<Lang, string>> = {
  zh: 'o 在主机上另开一个 shell；修改过的内容只在这一次运行，会记为偏离，不会写进验证记录；跳到：输入步骤的名字，往前往后都可以。\n',
  en: 'o opens a shell of its own on the host; what you edit runs this once, is noted as a deviation and is not recorded as verified; jump takes the id of a step, before or after.\n',
}

export async function askStep(
  question: StepQuestion,
  dialog: StepDialog,
): Promise<StepChoice | undefined> {
  const { lang, ask, openShell, show } = dialog
  show()
  for (;;) {
    const answer = await ask(menus[lang])
    if (answer === undefined) return undefined
    const [word = '', argument] = answer.trim().split(/\s+/)
    if (word === '' || word === 'r') return { kind: 'run' }
    if (word === 's') return { kind: 'skip' }
    if (word === 'q') return { kind: 'quit' }
    if (word === 'e') {
      const text = await editedText(question, lang)
      if (text !== undefined) return { kind: 'edit', text }
    } else if (word === 'j') {
      const text = argument ?? (await ask(lang === 'zh' ? '步骤: ' : 'step: '))?.trim() ?? ''
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
    } else if (word === '?') say(helps[lang])
    else say(`${wrongKey(word, stepKeys, lang)}\n`)
  }
}

/** @returns `undefined`: there is nothing else to run than before. */
async function editedText(
  { text: before, about }: StepQuestion,
  lang: Lang,
): Promise<string | undefined> {
  const { kind } = about.work
  if (kind === 'manual') {
    say(
      `    ${lang === 'zh' ? '人工步骤没有可以修改的内容' : 'a manual step has nothing to edit'}\n`,
    )
    return undefined
  }
  const text = await edit(before)
  if (text === before.replace(/\n$/, '')) {
    say(`    ${lang === 'zh' ? '没有修改' : 'nothing was changed'}\n`)
    return undefined
  }
  const problem = kind === 'commands' ? splitShell(text).problem : undefined
  if (!problem) return text
  say(`    ${visibleText(problem.message)}\n`)
  return undefined
}

function unknownStep(text: string, meant: string | undefined, lang: Lang): string {
  const typed = visibleText(text)
  if (lang === 'zh') {
    return `    没有步骤 ${typed}${meant === undefined ? '' : `，是 ${visibleText(meant)} 吗？`}`
  }
  return `    no such step: ${typed}${meant === undefined ? '' : `; did you mean ${visibleText(meant)}?`}`
}

/** The person's own editor on the step's text. */
async function edit(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'runbook-edit-'))
  const file = join(folder, 'step.sh')
  try {
    await writeFile(file, `${text}\n`, { mode: 0o600 })
    const editor = process.env['VISUAL'] || process.env['EDITOR'] || 'vi'
    // The variable may hold flags, as for every program that reads it.
    await runInteractive('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file])
    return (await readFile(file, 'utf8')).replace(/\n$/, '')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a program that has the terminal for itself. */
export function runInteractive(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', () => resolve())
  })
}
