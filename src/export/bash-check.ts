/** Translates checks to plain bash: each becomes a command that exits 0 if the check holds. */

import { processorName, processorNames } from '../check/known-systems.ts'
import type { Check, Question } from '../model/check.ts'
import { ereOf, quoted } from './bash-words.ts'

/** A check as a command; `undefined` if plain bash cannot ask it. */
export function bashCheck({ question, negated }: Check): string | undefined {
  const command = commandOf(question)
  if (command === undefined) return undefined
  return `${negated ? '! ' : ''}rb_holds ${command}`
}

/** Joins checks, so that all must hold. */
export function allHold(checks: readonly Check[]): string {
  return checks.map((check) => bashCheck(check) ?? 'false').join(' && ')
}

function call(name: string, ...words: readonly string[]): string {
  return [`rb_${name}`, ...words.map(quoted)].join(' ')
}

function commandOf(question: Question): string | undefined {
  switch (question.kind) {
    case 'os':
      return call('os', question.id, question.version ?? '')
    case 'arch':
      return call('arch', ...sameProcessors(question.arch))
    case 'user':
      return call('ask_user', question.user)
    case 'cmd':
    case 'pkg':
      return call('versioned', `rb_ask_${question.kind}`, question.name, partsOf(question.atLeast))
    case 'file':
    case 'dir':
      return call(`ask_${question.kind}`, question.path)
    case 'line': {
      const ere = ereOf(question.pattern)
      return ere === undefined ? undefined : call('has_line', question.path, ere)
    }
    case 'port':
      return call('ask_port', String(question.port))
    case 'service':
    case 'enabled':
      return call(`ask_${question.kind}`, question.unit)
    case 'env':
    case 'var':
      return call('ask_env', question.name)
    case 'net':
      return call('ask_net', question.host, String(question.port))
    case 'http':
      return call('http', question.url, String(question.status ?? ''))
    case 'disk':
      return call(
        'kibibytes',
        String(Math.ceil(question.bytes / 1024)),
        'rb_ask_disk',
        question.path,
      )
    case 'mem':
      return call('kibibytes', String(Math.ceil(question.bytes / 1024)), 'rb_ask_mem')
    case 'step':
      return call('has_passed', question.id)
    case 'sh':
      return call('ask_sh', question.command)
    default:
      return question satisfies never
  }
}

/** The dotted numbers of a version: `2.20` of `2.20-1`. */
function partsOf(version: string | undefined): string {
  return (version ?? '')
    .split(/[^\d]+/)
    .filter(Boolean)
    .join('.')
}

/** Every name that `uname -m` may print for the processor. */
function sameProcessors(arch: string): readonly string[] {
  const same = [...processorNames].filter((name) => processorName(name) === processorName(arch))
  return [...new Set([arch, ...same])]
}
