/** What an attribute of another tool is in ours, where the two mean the same. */

import { valueOf } from '../model/named.ts'
import { attributeText } from './info-edits.ts'

type Equivalent = (value: string) => string | undefined

const isTrue = (value: string) => /^(?:true|yes|1|T)$/i.test(value)
const isFalse = (value: string) => /^(?:false|no|0|F)$/i.test(value)
const named =
  (name: string): Equivalent =>
  (value) =>
    value === '' ? undefined : attributeText(name, value)
/** A word that says what a block does by default is left out. */
const flag =
  (name: string): Equivalent =>
  (value) =>
    isTrue(value) ? name : isFalse(value) ? '' : undefined
const duration: Equivalent = (value) =>
  /^\d+(?:ms|s|m|h)$/.test(value) ? `timeout=${value}` : undefined

/** By the tool that writes it; `''`: nothing, because it is what happens here anyway. */
const equivalents: Readonly<Record<string, Equivalent>> = {
  // Runme
  name: (value) => (/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(value) ? `#${value}` : undefined),
  cwd: named('dir'),
  interpreter: named('run'),
  ignore: flag('example'),
  category: (value) => (/^[^\s,]+(?:,[^\s,]+)*$/.test(value) ? `tags=${value}` : undefined),
  interactive: (value) => (isFalse(value) ? '' : undefined),
  background: flag('background'),
  // scrut
  detached: flag('background'),
  timeout: duration,
  // shelldoc
  shelldocexitcode: (value) => (/^\d{1,3}$/.test(value) ? `exit=${value}` : undefined),
  shelldocwhatever: () => 'exit=any',
  // knitr
  eval: (value) => (isFalse(value) ? 'example' : isTrue(value) ? '' : undefined),
  engine: named('run'),
}

/**
 * @param name - As written; scrut ends a name with a colon, knitr with a comma.
 * @returns Our attribute, `''` for one that is not needed, `undefined` where nothing means the same.
 */
export function foreignEquivalent(name: string, value: string | undefined): string | undefined {
  const bare = name.replace(/[:,]+$/, '')
  return valueOf(equivalents, bare)?.((value ?? 'true').replace(/,$/, ''))
}

/** Braces with JSON in them, written as ours; `undefined` where not all of it can be. */
export function jsonEquivalent(group: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(group)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const words = Object.entries(value).map(([name, each]) =>
    typeof each === 'string' || typeof each === 'boolean' || typeof each === 'number'
      ? foreignEquivalent(name, String(each))
      : undefined,
  )
  const ours = words.filter((word) => word !== undefined)
  const written = ours.filter((word) => word !== '').join(' ')
  return ours.length < words.length ? undefined : written === '' ? '' : `{${written}}`
}
