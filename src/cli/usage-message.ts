/** Translates commander's errors about a command line. */

import { shared } from '../diagnostic/messages.ts'
import { listed, type Message } from '../model/message.ts'
import { messages as parseMessages } from '../parse/messages.ts'
import { messages, usage } from './messages.ts'
import { messages as pageMessages } from './page/messages.ts'
import { forms } from './run/messages.ts'

/** The problem, and the probable intention. */
export function usageMessage(said: string): { readonly text: Message; readonly help?: Message } {
  const english = said.replace(/^error: /, '').trimEnd()
  const [problem = '', hint = ''] = english.split('\n')
  const [, meant] = /^\(Did you mean (?:one of )?(.+)\?\)$/.exec(hint) ?? []
  // Commander's sentence stays the English one.
  const text = { ...problemOf(problem), en: problem }
  return meant === undefined ? { text } : { text, help: shared.didYouMean(meant) }
}

const known: readonly (readonly [RegExp, (...parts: readonly string[]) => Message])[] = [
  [/^missing required argument '(.*)'$/, (name = '') => usage.missingArgument(name)],
  [/^option '(.*)' argument missing$/, (option = '') => usage.optionWithoutValue(option)],
  [/^required option '(.*)' not specified$/, (option = '') => usage.missingOption(option)],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    (option = '', other = '') => usage.conflict(option, other),
  ],
  [/^unknown option '(.*)'$/, (option = '') => usage.unknownOption(option)],
  [/^unknown command '(.*)'$/, (name = '') => usage.unknownCommand(name)],
  [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)(?:: .*)?\.$/,
    (command = '', expected = '', got = '') => usage.tooMany(command, expected, got),
  ],
  [
    /^option '(.*)' argument '(.*)' is invalid\. (.*?)\.?$/s,
    (option = '', value = '', form = '') => usage.wrongValue(option, value, formOf(form)),
  ],
]

function problemOf(english: string): Message {
  for (const [pattern, say] of known) {
    const match = pattern.exec(english)
    if (match) return say(...match.slice(1))
  }
  return usage.other(english)
}

/** Our own sentences about the form of a value. */
const ownForms: readonly Message[] = [
  forms.assignment,
  forms.count,
  forms.percent,
  forms.record,
  forms.liveNeedsTerminal,
  messages.portForm,
  pageMessages.daysForm,
  parseMessages.durationForm,
]

function formOf(english: string): Message {
  const [, choices] = /^Allowed choices are (.*)$/.exec(english) ?? []
  if (choices !== undefined) return usage.choices(listed(choices.split(', ')))
  const [, names] = /^write one of (.*)$/.exec(english) ?? []
  if (names !== undefined) return forms.reporter(listed(names.split(', ')))
  return ownForms.find(({ en }) => en === english) ?? usage.other(english)
}
