import type { Attribute } from '../model/fence.ts'
import type { Step } from '../model/step.ts'
import type { AttributeName } from './attribute-table.ts'

/** A step's attribute as written on its fence; the first if it is repeated. */
export function attributeOf(step: Step, wanted: AttributeName): Attribute | undefined {
  return 'fence' in step ? step.fence.attributes.find(({ name }) => name === wanted) : undefined
}
