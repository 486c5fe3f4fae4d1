/** Data that our core rules attach to a token for the renderer. */

import type { Token } from './markdown-it.ts'
import type { StepContext } from './render-step.ts'
import type { StepView } from './step-view.ts'

export type Meta =
  | { readonly rb: 'step'; readonly view: StepView; readonly context: StepContext }
  | { readonly rb: 'html'; readonly html: string }

export function metaOf<K extends Meta['rb']>(
  token: Token | undefined,
  rb: K,
): (Meta & { rb: K }) | undefined {
  const meta = token?.meta
  if (typeof meta !== 'object' || meta === null || !('rb' in meta) || meta.rb !== rb)
    return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only our own rules set `rb`
  return meta as Meta & { rb: K }
}
