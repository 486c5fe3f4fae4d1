import type { DrawnChild } from '../../src/text/markup.ts'

const svgNamespace = 'http://www.w3.org/2000/svg'

/** Makes the nodes of what the core drew; `markupOf` writes the same as markup. */
export function drawnNode(node: DrawnChild, isInSvg = false): Node {
  if (typeof node === 'string') return document.createTextNode(node)
  const isSvg = isInSvg || node.name === 'svg'
  const made = isSvg
    ? document.createElementNS(svgNamespace, node.name)
    : document.createElement(node.name)
  for (const [key, value] of Object.entries(node.attributes)) made.setAttribute(key, value)
  made.append(...node.children.map((child) => drawnNode(child, isSvg)))
  return made
}
