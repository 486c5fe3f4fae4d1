/** What was read in loose lines, as Markdown, with what a person has to decide about it. */

import { escapeProse, literalHoles, literalTranscript } from './escape-text.ts'
import type { LoosePart } from './loose-lines.ts'
import { messages } from './messages.ts'
import { type Draft, DraftWriter } from './page-draft.ts'

/** @param isMarkdown - Whether the words are Markdown already, and stay as they are. */
export function renderLoose(parts: readonly LoosePart[], isMarkdown = false): Draft {
  const page = new DraftWriter()
  for (const part of parts) {
    switch (part.kind) {
      case 'prose':
        for (const text of isMarkdown ? [trimLines(part.lines)] : paragraphs(part.lines))
          if (text !== '') page.block(text)
        break
      case 'doubtful':
        page.remark(messages.maybeCommand(part.text), { help: messages.ownBlock, shown: part.text })
        page.block(isMarkdown ? part.text : escapeProse(part.text))
        break
      case 'commands':
        page.fence('bash', part.text)
        break
      case 'session':
        page.remark(messages.outputLiteral, { help: messages.recordAndSync })
        page.fence(
          'console',
          part.lines
            .map(({ text, isPrinted }) => (isPrinted ? literalTranscript(text) : text))
            .join('\n'),
        )
        break
      case 'output':
        page.remark(messages.outputTaken, { help: messages.recordAndSync })
        page.fence('output', part.lines.map(literalHoles).join('\n'))
        break
      // It gets its name from the step before it.
      case 'typed':
        page.fence('', part.lines.join('\n'))
        break
      case 'text':
        page.fence('text', part.text)
        break
      default:
        part satisfies never
    }
  }
  return page.draft
}

/** Each line of a plain text is a paragraph; a bullet stays one. */
function paragraphs(lines: readonly string[]): readonly string[] {
  return lines.map((line) => {
    const text = line.trim()
    const bullet = /^[*•·●-]\s+/.exec(text)?.[0]
    return bullet === undefined ? escapeProse(text) : `- ${escapeProse(text.slice(bullet.length))}`
  })
}

function trimLines(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return first === -1 ? '' : lines.slice(first, last + 1).join('\n')
}
