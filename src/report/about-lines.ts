/** Describes a step above a question about it, and in a plan below a step that changes a file. */

import { clauses, type Message, type Lang } from '../model/message.ts'
import { messages } from './messages.ts'
import { displayWidth } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { wrapText } from '../text/wrap-text.ts'
import type { FileForecast, HiddenDiff } from '../run/file-change.ts'
import type { StepAbout, StepValue, StepWork } from '../run/step-about.ts'
import { diffLines } from './file-diff.ts'
import type { Palette } from './style.ts'

export interface AboutOptions {
  readonly lang: Lang
  readonly palette: Palette
  readonly columns: number
}

const maxLines = 40
const margin = '    '

/** The step, its host and user, what it runs or changes, and what may be lost. */
export function aboutLines(about: StepAbout, options: AboutOptions): readonly string[] {
  const { palette, lang, columns } = options
  const { step, title, user, host, place, danger, values, work } = about
  const name = visibleText(title === undefined ? step : `${step} · ${title}`)
  const where = visibleText(`${user}@${host} · ${place}`)
  const isOneLine = displayWidth(name) + displayWidth(where) + 5 <= columns
  const head = isOneLine
    ? [` ${palette.strong(name)}  ${palette.dim(where)}`]
    : [` ${palette.strong(name)}`, ` ${palette.dim(where)}`]
  const lost =
    danger === undefined ? [] : prose(messages.loses(danger)[lang], options).map(palette.bad)
  return [...head, ...workLines(work, options), ...valueLines(values, options), ...lost]
}

function workLines(work: StepWork, options: AboutOptions): readonly string[] {
  const { palette } = options
  const bar = palette.unicode ? '│' : '|'
  switch (work.kind) {
    case 'commands':
      return cut(
        work.commands.flatMap((command) => commandLines(command, options)),
        options,
      )
    case 'script':
      return [
        ...commandLines(work.run, options),
        ...cut(
          work.text.split('\n').map((line) => `${margin}${palette.dim(bar)} ${visibleText(line)}`),
          options,
        ),
      ]
    case 'file':
    case 'patch':
      return [
        `${margin}${visibleText(work.path)}`,
        ...(work.forecast === undefined ? [] : forecastLines(work.forecast, options)),
        ...(work.forecast?.kind === 'unknown' ? textLines(work.text, options) : []),
      ]
    case 'manual':
      return prose(work.text, options)
    default:
      return work satisfies never
  }
}

/** `NAME=value`; a secret without its value. */
function valueLines(values: readonly StepValue[], options: AboutOptions): readonly string[] {
  if (values.length === 0) return []
  const text = values.map(({ name, value }) => `${name}=${value ?? '***'}`).join('  ')
  return cut(prose(text, options).map(options.palette.dim), options)
}

function commandLines(command: string, { palette }: AboutOptions): readonly string[] {
  return command
    .split('\n')
    .map((line, index) => `${margin}${palette.dim(index === 0 ? '$' : '>')} ${visibleText(line)}`)
}

function textLines(text: string, options: AboutOptions): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n')
  return cut(
    lines.map((line) => `${margin}${options.palette.dim(visibleText(line))}`),
    options,
  )
}

function prose(text: string, { columns }: AboutOptions): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      wrapText(visibleText(line), {
        columns: Math.max(20, columns - margin.length - 1),
        indent: 0,
      }),
    )
    .map((line) => margin + line)
}

function cut(lines: readonly string[], { palette, lang }: AboutOptions): readonly string[] {
  if (lines.length <= maxLines) return lines
  const rest = lines.length - maxLines
  const more = messages.moreLines(rest)[lang]
  return [...lines.slice(0, maxLines), palette.dim(`${margin}… ${more}`)]
}

/** What happens to a file, with its diff if that may be shown. */
export function forecastLines(forecast: FileForecast, options: AboutOptions): readonly string[] {
  const { palette, lang } = options
  const diff = forecast.kind === 'changes' ? forecast.diff : undefined
  return [
    ...prose(forecastSentence(forecast, lang), options),
    ...(diff === undefined ? [] : diffLines(diff, palette).map((line) => margin + line)),
  ]
}

/** How much of a file changes, or why that is unknown; without the diff. */
export function forecastSentence(forecast: FileForecast, lang: Lang): string {
  switch (forecast.kind) {
    case 'equal':
      return messages.fileEqual[lang]
    case 'unknown': {
      const why = messages.notCompared(forecast.why)
      return (forecast.mayChange ? clauses([why, messages.mayBeMade]) : why)[lang]
    }
    case 'changes': {
      const { isNew, added, removed, mode, hidden } = forecast
      const file = isNew ? `${messages.newFile[lang]}  ` : ''
      const chmod = mode === undefined ? '' : `  ${messages.changesMode(mode.from, mode.to)[lang]}`
      const why = hidden === undefined ? '' : `  ${hiddenSentences[hidden][lang]}`
      const count = hidden === 'too-large' ? '' : `+${added} −${removed}`
      return `${file}${count}${chmod}${why}`.trim()
    }
    default:
      return forecast satisfies never
  }
}

const hiddenSentences: Readonly<Record<HiddenDiff, Message>> = {
  secret: messages.diffSecret,
  'too-large': messages.diffTooLarge,
}
