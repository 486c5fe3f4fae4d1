/**
 * Every attribute on every kind of fence: its effect in a run, or the diagnostic that refuses it.
 *
 * What the table in `src/parse/attribute-table.ts` says is held in both directions: an attribute or
 * a kind that is added there fails here until it has its case.
 */

import { describe, expect, test } from 'vitest'
import {
  attributeInfo,
  type AttributeName,
  attributeTable,
  isAttributeName,
} from '../../src/parse/attribute-table.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { cases, fences, type Kind, kinds, makes } from './attribute-cases.ts'
import { outcomeOf } from './page-outcome.ts'

const names = Object.keys(attributeTable).filter(isAttributeName)

/** Where an attribute has an effect: as the table says, or by making the fence another kind. */
function isHonoured(name: AttributeName, kind: Kind): boolean {
  const made = makes[name]
  if (made !== undefined) return made.includes(kind)
  return attributeInfo(name).on.some((each) => each === kind)
}

const pairs = names.flatMap((name) => kinds.map((kind) => ({ name, kind })))

test('every pair of an attribute and a kind has its case, and every case its pair', () => {
  const wanted = pairs.filter(({ name, kind }) => isHonoured(name, kind))
  const written = names.flatMap((name) =>
    kinds.filter((kind) => cases[name][kind] !== undefined).map((kind) => ({ name, kind })),
  )
  expect(written).toEqual(wanted)
})

describe.concurrent('an accepted attribute has its effect', () => {
  const honoured = pairs.filter(({ name, kind }) => isHonoured(name, kind))
  test.each(honoured)('$name on $kind', async ({ name, kind }) => {
    const found = cases[name][kind]
    if (!found) throw new Error(`\`${name}\` on \`${kind}\` has no case`)
    const { attribute, page, effect, situation } = found
    const outcome = await outcomeOf(page(attribute), situation)
    expect(outcome).toMatchObject(effect)
    // The effect is the attribute's: without it the same page does something else.
    const without = await outcomeOf(page(''), situation).catch((error: unknown) => String(error))
    expect(without).not.toMatchObject(effect)
  })
})

describe('an attribute without effect is refused', () => {
  const refused = pairs.filter(({ name, kind }) => !isHonoured(name, kind))
  test.each(refused)('$name on $kind', ({ name, kind }) => {
    const { example } = attributeInfo(name)
    const attribute = name === 'id' ? '#given' : example.replace(/^\{|\}$/g, '')
    const page = `---\nroles: { vm: x, workstation: y }\n---\n${fences[kind](attribute)}`
    const { diagnostics } = parseRunbook('page.md', page)
    expect(diagnostics.map(({ code }) => code)).toContain('RB0105')
    const clean = page.replace(attribute, '').replace(' {}', '')
    expect(parseRunbook('page.md', clean).diagnostics).toEqual([])
  })
})
