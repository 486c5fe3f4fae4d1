/** Draws a diff line by line, without the header that repeats the file's name. */

import { element } from './elements.ts'

export function diffView(text: string): HTMLElement {
  return element('pre', { class: 'rb-run-diff', tabindex: '0' }, ...diffLines(text))
}

export function diffLines(text: string): readonly HTMLElement[] {
  const lines = text.trimEnd().split('\n')
  const from = lines.findIndex((line) => line.startsWith('@@'))
  const isHeader = from > 0 && lines.slice(0, from).every((line) => header.test(line))
  return lines.slice(isHeader ? from : 0).map((line) => {
    const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same'
    return element('code', { class: `rb-diff-${kind}` }, `${line}\n`)
  })
}

const header = /^(?:Index: |=+$|--- |\+\+\+ )/
