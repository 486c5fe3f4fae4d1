/**
 * Finds the page's variables that a command may set. From there on the shell's own value counts,
 * not the reader's, so `$NAME` stays in the text.
 */

import { forEachChild, parse, type SyntaxNode } from 'unbash'

const setters = new Set([
  'read',
  'mapfile',
  'readarray',
  'getopts',
  'unset',
  'printf',
  'local',
  'declare',
  'typeset',
  'readonly',
  'let',
  'eval',
  'wait',
])

/** In doubt, includes a name. */
export function assignedNames(text: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const assigned = new Set<string>()
  const present = [...names].filter((name) => text.includes(name))
  if (present.length === 0) return assigned
  const add = (name: string) => {
    if (names.has(name)) assigned.add(name)
  }
  const visit = (node: SyntaxNode): void => {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all others hold no name
    switch (node.type) {
      case 'Command':
        if (!node.name)
          for (const child of node.prefix) if (child.type === 'Assignment') add(child.name)
        for (const child of node.suffix) if (child.type === 'Assignment') add(child.name)
        if (node.name) addSet(node.name.value, text.slice(node.name.end, node.end))
        break
      case 'For':
      case 'Select':
        add(node.name.value)
        break
      case 'FileDescriptorVariable':
        add(node.name)
        break
      case 'ParameterExpansion':
        if (node.operation?.type === 'Default' && node.operation.operator.endsWith('='))
          add(node.parameter)
        break
      case 'ArithmeticCommand':
      case 'ArithmeticExpansion':
      case 'ArithmeticFor':
        if (/(?:^|[^=!<>])=(?!=)|\+\+|--/.test(text.slice(node.pos, node.end))) {
          addNamed(text.slice(node.pos, node.end))
        }
        break
      default:
    }
    forEachChild(node, visit)
  }
  const addNamed = (part: string) => {
    for (const name of present)
      if (new RegExp(`(?<![\\w$]|\\$\\{)${name}(?!\\w)`).test(part)) add(name)
  }
  const addSet = (command: string, rest: string) => {
    if (command === 'printf' && !/\s-v/.test(rest)) return
    if (command === 'eval' && !rest.includes('=')) return
    if (setters.has(command)) addNamed(rest)
  }
  visit(parse(text))
  return assigned
}
