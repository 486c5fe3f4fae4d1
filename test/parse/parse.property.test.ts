import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

/** Pieces that pages are made of, put together without sense. */
const piece = fc.constantFrom(
  '```bash\n',
  '```bash {#a when=os:debian}\n',
  '```output\n',
  '````\n',
  '```\n',
  '~~~sh\n',
  '~~~\n',
  '::: code-group\n',
  ':::\n',
  '- [ ] do it\n',
  '> ',
  '  ',
  '\t',
  '1. ',
  '---\n',
  'title: x\n',
  'echo "',
  "cat <<'E'\n",
  'E\n',
  '{',
  '}',
  '"',
  '# 安装\n',
  '$ ls\n',
  'mysql> \n',
  '<...>',
  '<:[>',
  '...\n',
  '\r\n',
  '\uFEFF',
  '\u0000',
  '|a|b|\n|-|-|\n',
  '<!-- ',
  ' -->',
  '\n',
  '\n\n',
)
const page = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('any text', () => {
  test('is parsed without throwing, and every span is inside it', () => {
    fc.assert(
      fc.property(page, (text) => {
        const { runbook, diagnostics } = parseRunbook('page.md', text)
        const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
        for (const { start, end } of [
          ...diagnostics.map(({ span }) => span),
          ...runbook.steps.map(({ span }) => span),
        ]) {
          expect(start.line).toBeGreaterThanOrEqual(1)
          expect(end.line).toBeLessThanOrEqual(lines.length + 1)
          expect(end.offset).toBeGreaterThanOrEqual(start.offset)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('keeps every byte when a fence is replaced by its own content', () => {
    fc.assert(
      fc.property(page, (text) => {
        const source = text.replace(/^\uFEFF/, '')
        for (const step of parseRunbook('page.md', text).runbook.steps) {
          if (!('fence' in step) || !step.fence.closed) continue
          const { contentSpan, text: content, lineStarts } = step.fence
          const raw = source.slice(contentSpan.start.offset, contentSpan.end.offset)
          expect(raw === '' ? 0 : raw.split(/\r\n|\n|\r/).length - 1).toBe(lineStarts.length)
          expect(lineStarts.length === 0 ? content : '').toBe('')
        }
      }),
      { numRuns: 500 },
    )
  })

  test('has each command at its span', () => {
    fc.assert(
      fc.property(page, (text) => {
        const given = text.replaceAll(/[\r\0]/g, '')
        const source = given.replace(/^\uFEFF/, '')
        for (const step of parseRunbook('page.md', given).runbook.steps) {
          if (step.kind !== 'shell') continue
          for (const command of step.commands) {
            const first = command.text.split('\n')[0] ?? ''
            expect(source.slice(command.span.start.offset).startsWith(first)).toBe(true)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
