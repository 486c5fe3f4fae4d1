/**
 * A failed step, drawn like every other diagnostic: the words of the page, what was found, what to
 * do next.
 */

import type { Message, Lang } from '../model/message.ts'
import { labelled } from '../diagnostic/labelled.ts'
import { messages } from './messages.ts'
import { RE2JS } from 're2js'
import type { Code } from '../diagnostic/codes.ts'
import { drawSource, marginOf } from '../diagnostic/draw-source.ts'
import { visibleText } from '../text/visible-text.ts'
import { wrapLabelled, wrapText } from '../text/wrap-text.ts'
import type { Reason } from '../model/run-event.ts'
import { commandsOf, type Step } from '../model/step.ts'
import { type FailedStep, failedCheck, failedSpan } from './failure-place.ts'

export interface Failure extends FailedStep {
  /** All steps of its page, because one may provide what is missing. */
  readonly steps: readonly Step[]
  readonly file: string
  /** The end of the failed command's output. */
  readonly output: string
  readonly lang: Lang
  /** Width of the terminal; longer sentences wrap at words. */
  readonly columns: number
}

/** The parts of a drawn failure; the headline is emphasised. */
export interface DrawnFailure {
  readonly headline: readonly string[]
  readonly details: readonly string[]
}

const codeOf: Partial<Record<Reason, Code>> = {
  output: 'RB2001',
  'exit-status': 'RB2002',
  precondition: 'RB2003',
  postcondition: 'RB2004',
  timeout: 'RB2005',
  'waiting-for-input': 'RB2006',
  'command-lost': 'RB2007',
  'host-lost': 'RB2007',
  'not-confirmed': 'RB2008',
  'not-captured': 'RB2009',
  file: 'RB2010',
  'not-ready': 'RB2011',
  interrupted: 'RB2012',
  dialog: 'RB2013',
  reboot: 'RB2014',
  'disk-full': 'RB2015',
  'output-limit': 'RB2016',
  'no-shell': 'RB2017',
  'no-folder': 'RB2003',
}

const maxShownLines = 20

/** Without colour. */
export function renderFailure(failure: Failure): DrawnFailure {
  const { progress, file, source, lang, columns } = failure
  const code = progress.reason && codeOf[progress.reason]
  const span = failedSpan(failure)
  const margin = marginOf(span)
  const { line, column } = span.start
  const label = labelled('error', lang, code ?? undefined)
  const sentence = (name: 'note' | 'help', text: string) =>
    wrapLabelled(`${margin} = ${labelled(name, lang)}`, visibleText(text), columns)
  const place = `${margin}--> ${visibleText(file)}:${line}:${column}   ${visibleText(placeText(failure))}`
  return {
    headline: wrapLabelled(label, visibleText(progress.message), columns),
    details: [
      ...wrapText(place, { columns, indent: margin.length + 4 }),
      ...drawSource(span, source),
      ...shownLines(failure).map((text) => `${margin} | ${visibleText(text)}`),
      ...notesOf(failure, lang).flatMap((note) => sentence('note', note)),
      ...helpOf(failure).flatMap((help) => sentence('help', help)),
    ],
  }
}

function placeText({ progress, step, lang }: Failure): string {
  const total = commandsOf(step).length
  const number = progress.commands.length
  const isOneOfMany = total > 1 && number > 0
  const { host } = progress
  return (
    isOneOfMany
      ? messages.placeOfCommand(step.id, number, total, host)
      : messages.place(step.id, host)
  )[lang]
}

function shownLines({ progress, output }: Failure): readonly string[] {
  const text = progress.diff ?? output
  const lines = text.trimEnd() === '' ? [] : text.trimEnd().split('\n')
  if (lines.length <= maxShownLines) return lines.map((line) => ` ${line}`)
  const kept =
    progress.diff === undefined ? lines.slice(-maxShownLines) : lines.slice(0, maxShownLines)
  const cut = ` … ${lines.length - maxShownLines}`
  return progress.diff === undefined
    ? [cut, ...kept.map((line) => ` ${line}`)]
    : [...kept.map((line) => ` ${line}`), cut]
}

function notesOf({ progress }: Failure, lang: Lang): readonly string[] {
  const exit = progress.commands.at(-1)?.exit
  if (progress.reason !== 'output' || exit === undefined) return []
  return [messages.exited(exit)[lang]]
}

/** The page's own advice for this failure, then general advice. */
function helpOf(failure: Failure): readonly string[] {
  const { progress, step, steps, output, lang } = failure
  const text = `${output}\n${progress.message}`
  const own = step.onError.filter(({ pattern }) => RE2JS.compile(pattern).matcher(text).find())
  const answers = own.map(({ target }) => messages.pageAnswers(target)[lang])
  const missing = progress.reason === 'precondition' ? failedCheck(failure)?.text : undefined
  const providers = steps.filter(
    (each) => each !== step && each.ensures.some((check) => check.text === missing),
  )
  for (const { id } of providers) {
    answers.push(messages.providedBy(id)[lang])
  }
  const general = progress.reason && helps[progress.reason]?.[lang]
  return general ? [...answers, general] : answers
}

/** What to write on the page, for reasons that allow such advice. */
const helps: Partial<Record<Reason, Message>> = {
  'waiting-for-input': messages.stopAsking,
  timeout: messages.raiseTimeout,
}
