import type { Attribute } from '../model/fence.ts'
import type { Step } from '../model/step.ts'
import type { AttributeName } from './attribute-table.ts'

/** An attribute as it is written on the fence of a step; the first where it stands several times. */
export function attributeOf(step: Step, wanted: AttributeName): Attribute | undefined {
  return 'fence' in step ? step.fence.attributes.find(({ name }) => name === wanted) : undefined
}
