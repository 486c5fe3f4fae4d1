/** Reads one variable of `vars` and checks its keys against each other. */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { RE2JS } from 're2js'
import { nearest } from '../text/nearest.ts'
import type { Variable } from '../model/runbook.ts'
import type { Locate } from './front-matter-places.ts'
import type { Shape } from './front-matter-shape.ts'
import { patternProblem } from './pattern-problem.ts'
import type { Report } from './report.ts'

export function readVariable(
  variable: string,
  value: NonNullable<Shape['vars']>[string],
  locate: Locate,
  report: Report,
): Variable {
  const span = locate(['vars', variable], true)
  const none = { ask: undefined, pattern: undefined, address: undefined, secret: false, span }
  if (typeof value !== 'object' || value === null) {
    return { ...none, name: variable, default: value === null ? undefined : String(value) }
  }
  reportAgainstAddress(variable, value, locate, report)
  if (value.ask !== undefined && value.desc !== undefined) {
    const at = locate(['vars', variable, 'desc'], true)
    report.add('RB0203', at, messages.askAndDesc(variable), messages.removeOne)
  }
  const problem = value.pattern === undefined ? undefined : patternProblem(value.pattern)
  if (problem !== undefined) {
    report.add(
      'RB0402',
      locate(['vars', variable, 'pattern']),
      messages.wrongPattern(problem),
      messages.patternSyntax,
    )
  }
  const preset = value.default === undefined ? undefined : String(value.default)
  if (preset !== undefined && value.pattern !== undefined && problem === undefined) {
    if (!RE2JS.compile(value.pattern).matches(preset)) {
      const at = locate(['vars', variable, 'default'])
      const message = messages.defaultUnmatched(variable)
      report.add('RB0203', at, message, messages.wholeValue(value.pattern))
    }
  }
  return {
    name: variable,
    secret: value.secret ?? false,
    default: preset,
    ask: value.ask ?? value.desc,
    pattern: problem === undefined ? value.pattern : undefined,
    address: value.address,
    span,
  }
}

/** A default would always win over the address. */
function reportAgainstAddress(
  variable: string,
  value: object,
  locate: Locate,
  report: Report,
): void {
  if (!('address' in value) || !('default' in value)) return
  const at = locate(['vars', variable, 'default'], true)
  report.add('RB0203', at, messages.defaultBesideAddress, messages.valueIsAddress)
}

/** `address: ROLE` must name a role of this page. */
export function reportAddresses(
  variables: readonly Variable[],
  roles: readonly string[],
  locate: Locate,
  report: Report,
): void {
  for (const { name: variable, address } of variables) {
    if (address === undefined || roles.includes(address)) continue
    const meant = nearest(address, roles)
    const help = meant === undefined ? shared.declareRole(address) : shared.didYouMean(meant)
    const span = locate(['vars', variable, 'address'])
    report.add('RB0204', span, messages.unknownRole(address), help)
  }
}
