import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/text/display-width.ts'
import { renderScreen, Screen, type StyledText } from '../../src/match/render-screen.ts'
import type { RunEvent } from '../../src/model/run-event.ts'
import { cutHostLine, hostLine } from '../../src/report/host-line.ts'
import { liveReporter } from '../../src/report/live-reporter.ts'
import { plainReporter } from '../../src/report/plain-reporter.ts'
import { paletteFor } from '../../src/report/style.ts'

const terminal = paletteFor({ colour: true, unicode: true, hostColours: true })
const pipe = paletteFor({ colour: false, unicode: true })

const escape = '\u001b'

function linesOf(text: string, readsStyles = true): readonly (readonly StyledText[])[] {
  const lines: (readonly StyledText[])[] = []
  const screen = new Screen((_, styled) => lines.push(styled), { readsStyles })
  screen.push(text)
  screen.end()
  return lines
}

const shown = (text: string) => linesOf(text).map((line) => hostLine(line, terminal))

describe("a host's coloured output", () => {
  test.each([
    ['red', `${escape}[31mred${escape}[0m plain`, [`${escape}[31mred${escape}[0m plain`]],
    ['bold and underlined', `${escape}[1;4mb${escape}[m`, [`${escape}[1;4mb${escape}[0m`]],
    ['bright on a colour', `${escape}[97;44mx`, [`${escape}[97;44mx${escape}[0m`]],
    ['one of 256', `${escape}[38;5;208mx`, [`${escape}[38;5;208mx${escape}[0m`]],
    ['one of 16 million', `${escape}[48;2;1;2;3mx`, [`${escape}[48;2;1;2;3mx${escape}[0m`]],
    [
      'over a line end',
      `${escape}[32ma\nb${escape}[39mc`,
      [`${escape}[32ma${escape}[0m`, `${escape}[32mb${escape}[0mc`],
    ],
    [
      'written over',
      `${escape}[31mabc\r${escape}[32mX`,
      [`${escape}[32mX${escape}[0m${escape}[31mbc${escape}[0m`],
    ],
    ['and erased', `${escape}[31mabc\r${escape}[K${escape}[0mx`, ['x']],
  ])('passes %s', (_, text, wanted) => {
    expect(shown(text)).toEqual(wanted)
  })

  test.each([
    ['hidden text', '8'],
    ['blinking', '5'],
    ['reversed', '7'],
    ['dim', '2'],
    ['a font', '11'],
    ['a colour without its numbers', '38'],
    ['a colour out of range', '38;5;999'],
    ['a form with colons', '4:3'],
  ])('does not pass %s', (_, codes) => {
    expect(shown(`${escape}[${codes}mtext`)).toEqual(['text'])
  })

  test('reaches no pipe and no file', () => {
    expect(linesOf(`${escape}[31mred`).map((line) => hostLine(line, pipe))).toEqual(['red'])
  })

  test('is cut to a width with its colours', () => {
    const [line = []] = linesOf(`${escape}[31m${'中'.repeat(10)}${escape}[32m${'b'.repeat(10)}`)
    expect(hostLine(cutHostLine(line, 9), terminal)).toBe(
      `${escape}[31m中中${escape}[0m…${escape}[32mbbbb${escape}[0m`,
    )
  })
})

/** Whatever a hostile host may send: controls, halves of sequences, text. */
const piece = fc.oneof(
  fc.constantFrom('\n', '\r', '\b', '\t', '\u0007', '\0', '\u009b31m', escape, `${escape}[`),
  fc.constantFrom('2K', 'K', '[2J', '[10A', '[?25l', ']0;title\u0007', 'P$q\u001b\\', 'c', '[31'),
  fc
    .tuple(
      fc.array(fc.integer({ min: -1, max: 300 }), { maxLength: 6 }),
      fc.constantFrom('m', 'H', 'K'),
    )
    .map(
      ([codes, end]) => `${escape}[${codes.map((code) => (code < 0 ? '' : code)).join(';')}${end}`,
    ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const output = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

const allowed = String.raw`(?:1|4|3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;5;\d{1,3}|[34]8;2;\d{1,3};\d{1,3};\d{1,3})`
const styled = new RegExp(
  `${escape}\\[${allowed}(?:;${allowed})*m([^${escape}]+)${escape}\\[0m`,
  'g',
)

/** What is left of a line without its text and its allowed styles. */
function harmIn(line: string): readonly string[] {
  const rest = line.replaceAll(styled, '$1')
  return rest.match(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu) ?? []
}

/** What the live view draws itself. */
const redrawn = new RegExp(`${escape}\\[\\d+A${escape}\\[J`, 'g')
/** Bold, dim and colours of ours, each up to its own end. */
const ownStyle = new RegExp(
  `${escape}\\[(?:1|2|3[123])m(?=[^${escape}]*${escape}\\[(?:22|39)m)|${escape}\\[(?:22|39)m`,
  'g',
)

describe('any bytes of a host', () => {
  test('become text and allowed styles that end with their text, and the text is unchanged', () => {
    fc.assert(
      fc.property(output, fc.nat(60), (text, width) => {
        for (const line of linesOf(text)) {
          expect(harmIn(hostLine(line, terminal))).toEqual([])
          const cut = hostLine(cutHostLine(line, width), terminal)
          expect(harmIn(cut)).toEqual([])
          expect(displayWidth(cut)).toBeLessThanOrEqual(Math.max(1, width))
        }
        const plain = linesOf(text).map((line) => line.map((part) => part.text).join(''))
        expect(plain.join('\n')).toBe(renderScreen(text))
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['plain', plainReporter],
    ['live', liveReporter],
  ])('add no control sequences to the %s view', (name, reporterFor) => {
    fc.assert(
      fc.property(fc.array(output, { maxLength: 4 }), (chunks) => {
        let written = ''
        const reporter = reporterFor({
          runbooks: [],
          pageNeeds: [],
          sources: new Map(),
          lang: 'en',
          before: [],
          lastMs: () => undefined,
          nowMs: () => 0,
          columns: () => 80,
          program: 'runbook',
          palette: terminal,
          write: (text: string) => (written += text),
        })
        for (const [seq, event] of eventsOf(chunks).entries())
          reporter.handle({ ...event, v: 1, seq, at: '2026-01-01T00:00:00Z' })
        if ('tick' in reporter && typeof reporter.tick === 'function') reporter.tick()
        const foreign = written.replaceAll(name === 'live' ? redrawn : /(?!)/g, '')
        const lines = foreign.replaceAll(ownStyle, '').split('\n')
        expect(lines.flatMap(harmIn)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

function eventsOf(chunks: readonly string[]): readonly RunEvent[] {
  const at = { step: 'a#x', host: 'vm' }
  return [
    { kind: 'step-started', ...at, user: 'root', variant: null },
    { kind: 'command-started', ...at, index: 0, text: 'ls', frame: null },
    ...chunks.map((text): RunEvent => ({
      kind: 'output',
      ...at,
      index: 0,
      stream: 'merged',
      text,
    })),
    { kind: 'command-ended', ...at, index: 0, exit: 0, durationMs: 1, next: null },
  ]
}
