/** Whether a step would end the script that it is part of, or replace the script's own EXIT trap. */

import { forEachChild, type SyntaxNode } from 'unbash'
import { commandsOf, type Step } from '../model/step.ts'
import { parseShell } from '../parse/parse-shell.ts'

/** The word of the step that does; `undefined` if there is none. Another user's shell and a background step have their own. */
export function shellEndingWord(step: Step): string | undefined {
  if (
    (step.kind !== 'shell' && step.kind !== 'console') ||
    step.user !== undefined ||
    step.background
  )
    return undefined
  for (const { text } of commandsOf(step)) {
    const script = parseShell(text)
    const word = script && wordIn(script)
    if (word !== undefined) return word
  }
  return undefined
}

function wordIn(node: SyntaxNode): string | undefined {
  // These have a process of their own.
  if (['Subshell', 'CommandExpansion', 'ProcessSubstitution'].includes(node.type)) return undefined
  if (node.type === 'Command') {
    const name = node.name?.text ?? ''
    const words = node.args.map(({ text }) => text)
    if (name === 'exit' || name === 'logout') return name
    if (name === 'exec' && words.length > 0) return name
    if (name === 'trap' && words.some((word) => /^(?:SIG)?EXIT$|^0$/i.test(word)))
      return 'trap … EXIT'
  }
  let found: string | undefined
  forEachChild(node, (child) => {
    found ??= wordIn(child)
  })
  return found
}
