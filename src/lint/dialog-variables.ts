/** Reports undeclared variables in a dialog's answers: their name would be typed, not a value. */

import { nearest } from '../text/nearest.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { DialogTurn } from '../model/step.ts'
import { declaredNames } from '../model/runbook.ts'
import type { Rule } from './lint-page.ts'

export const dialogVariables: Rule = (page, report) => {
  const names = new Set([...page.project.inherited, ...declaredNames(page.runbook)])
  for (const step of page.runbook.steps) {
    if (!('dialog' in step)) continue
    const turns = [...step.dialog, ...step.commands.flatMap(({ dialog }) => dialog)]
    for (const turn of turns) {
      for (const { name, at, length, isBraced } of usesIn(turn)) {
        if (names.has(name) && !isBraced) continue
        const { line } = turn.span.start
        const column = page.source.line(line).lastIndexOf(turn.answer) + 1 + at
        const meant = nearest(name, names)
        report.add(
          'RB0801',
          { start: page.source.at(line, column), end: page.source.at(line, column + length) },
          names.has(name) ? messages.answerBraced(name) : messages.answerUndeclared(name),
          meant === undefined ? shared.declareAsked(name) : shared.didYouMean(`$${meant}`),
        )
      }
    }
  }
}

function usesIn({ prompt, answer }: DialogTurn) {
  // At a shell's prompt, the variable belongs to that shell.
  if (/[$#%]$/.test(prompt)) return []
  return [...answer.matchAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g)].flatMap((match) => {
    // A password's hash: `$2y$10$…`.
    if (/\$\S*\$/.test(answer.slice(Math.max(0, match.index - 60), match.index + 1))) return []
    return [
      {
        name: match[1] ?? match[2] ?? '',
        at: match.index,
        length: match[0].length,
        isBraced: match[1] !== undefined,
      },
    ]
  })
}
