/**
 * Reports top-level keys that are misspelt or misplaced and would silently have no effect. Other
 * keys belong to other tools.
 */

import { nearest } from '../text/nearest.ts'
import type { Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { attributeInfo, type AttributeType, isAttributeName } from './attribute-table.ts'
import type { Locate } from './front-matter-places.ts'
import { frontMatterKeys, keysIn } from './front-matter-table.ts'
import type { Report } from './report.ts'

// Keys of VitePress and of common static site generators that are one edit from ours.
const foreignKeys = new Set(['tag', 'file', 'titles', 'description', 'date', 'layout', 'draft'])

export function reportKeys(keys: readonly string[], locate: Locate, report: Report): void {
  const known = new Set<string>(frontMatterKeys)
  for (const key of keys) {
    if (known.has(key) || foreignKeys.has(key)) continue
    const place = placeElsewhere(key)
    if (place !== undefined) {
      report.add('RB0202', locate([key], true), messages.noEffectAtTop(key), place)
      continue
    }
    const meant = nearest(key, frontMatterKeys)
    if (meant === undefined) continue
    report.add('RB0202', locate([key], true), messages.unknownKey(key), shared.didYouMean(meant))
  }
}

/**
 * Where one of our names belongs, if it is not a top-level key; `undefined` for other tools' keys.
 */
function placeElsewhere(key: string): Message | undefined {
  if (keysIn('roles').includes(key)) return messages.belongsInRole(key)
  // Other tools use `desc` too.
  if (key !== 'desc' && keysIn('vars').includes(key)) return messages.belongsInVariable(key)
  if (!isAttributeName(key) || !stepTypes.has(attributeInfo(key).type)) return undefined
  return messages.belongsOnFence
}

/** Types of attributes that no other tool uses as a page's key. */
const stepTypes: ReadonlySet<AttributeType> = new Set([
  'checks',
  'duration',
  'exit',
  'names',
  'on-error',
  'retry',
  'user',
])
