import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/text/display-width.ts'
import { wrapLabelled, wrapText } from '../../src/text/wrap-text.ts'

const bare = (line: string) => line.replaceAll(' ', '')
const isIndentedBy = (margin: string, line: string) =>
  line.startsWith(margin) && line[margin.length] !== ' '
/** A command, a path or a word that is wider than the terminal, with its punctuation. */
const isOneWord = (line: string) => /^(?:`[^`]*`\S?|\/\S+|[!-~]+\S?)$/.test(line.trim())

describe('a sentence at a terminal', () => {
  test('is broken at words, and its further lines are indented', () => {
    expect(wrapText('fix the problem, then continue', { columns: 16, indent: 2 })).toEqual([
      'fix the problem,',
      '  then continue',
    ])
  })

  test('keeps paths and text in backticks whole, however long', () => {
    const text =
      'continue with `npx runbook resume 20261130-1200-abcdef` in /srv/数据/长长长的/文件 now'
    expect(wrapText(text, { columns: 24, indent: 2 })).toEqual([
      'continue with',
      '  `npx runbook resume 20261130-1200-abcdef`',
      '  in',
      '  /srv/数据/长长长的/文件',
      '  now',
    ])
  })

  test('in Chinese breaks between characters, never before punctuation that closes', () => {
    expect(wrapText('前提不成立：没有命令，先安装。', { columns: 12, indent: 2 })).toEqual([
      '前提不成立：',
      '  没有命令，',
      '  先安装。',
    ])
    expect(wrapText('命令的退出状态（允许零）', { columns: 16, indent: 0 })).toEqual([
      '命令的退出状态',
      '（允许零）',
    ])
  })

  test('is indented below its label', () => {
    expect(wrapLabelled(' = help: ', 'write a longer timeout', 24)).toEqual([
      ' = help: write a longer',
      '         timeout',
    ])
  })

  const word = fc.oneof(
    fc.stringMatching(/^[a-z]{1,14}[,.]?$/),
    fc.stringMatching(/^[一-龥]{1,10}[，。；：）]?$/),
    fc.stringMatching(/^\/[a-z]{1,8}\/[a-z一-龥]{1,8}$/),
    fc.stringMatching(/^`[a-z]{1,8} [a-z一-龥-]{1,12}`[,.]?$/),
  )
  const sentence = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '))

  test('loses nothing, breaks no word, and is as narrow as its longest word allows', () => {
    fc.assert(
      fc.property(
        sentence,
        fc.integer({ min: 10, max: 90 }),
        fc.nat(8),
        (text, columns, indent) => {
          const lines = wrapText(text, { columns, indent })
          expect(lines.map(bare).join('')).toBe(bare(text))
          expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
          expect(lines.filter((line) => /^ *[，。；：）,.]/.test(line))).toEqual([])
          const margin = ' '.repeat(Math.min(indent, Math.floor(columns / 2)))
          expect(lines.slice(1).filter((line) => !isIndentedBy(margin, line))).toEqual([])
          expect(lines.filter((line) => displayWidth(line) > columns && !isOneWord(line))).toEqual(
            [],
          )
          const words = [...text.matchAll(/`[^`]*`|\/\S+|[a-z]+/g)].map(([each]) => each)
          expect(words.filter((each) => !lines.some((line) => line.includes(each)))).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('is one line without a terminal', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        expect(wrapText(text, { columns: Infinity, indent: 4 })).toEqual([text])
      }),
    )
  })
})
