/** A shell's history: what was typed, without what was mistyped or only looked at. */

import { splitShell } from '../parse/shell-commands.ts'
import { nearest } from '../text/nearest.ts'
import { escapeProse } from './escape-text.ts'
import { messages } from './messages.ts'
import { type Draft, DraftWriter } from './page-draft.ts'

interface Entry {
  readonly text: string
  /** In seconds; `undefined` where the history keeps none. */
  readonly at: number | undefined
}

const pauseSeconds = 1800
const blockSize = 8
const noise =
  /^(?:clear|reset|history(?: .*)?|exit|logout|fg|bg|jobs|man .*|.* --help|ll?s?|la|pwd|:?q+|cd)$/

export function importHistory(title: string, source: string): Draft {
  const body = new DraftWriter()
  body.block(`# ${escapeProse(title)}`)
  const { kept, dropped, folded } = withoutNoise(readEntries(source))
  if (dropped.length > 0)
    body.remark(messages.noiseDropped(dropped.length), { shown: dropped.join('\n') })
  for (const [wrong, right] of folded) body.remark(messages.folded(wrong, right), { shown: wrong })
  body.remark(messages.noOutput, { help: messages.recordAndSync })
  let block: string[] = []
  let before: number | undefined
  const flush = () => {
    if (block.length > 0) body.fence('bash', block.join('\n'))
    block = []
  }
  for (const { text, at } of kept) {
    const isNew = at !== undefined && (before === undefined || at - before > pauseSeconds)
    if (isNew || block.length >= blockSize) flush()
    if (isNew)
      body.block(`## ${new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`)
    before = at ?? before
    if (splitShell(text).problem) {
      flush()
      body.remark(messages.unreadCommand(text), { shown: text })
      body.fence('text', text)
    } else block.push(text)
  }
  flush()
  return body.draft
}

/** bash with and without `#TIME` lines; zsh's `: TIME:0;` with lines that end in `\`. */
function readEntries(source: string): readonly Entry[] {
  const entries: Entry[] = []
  const lines = source.split('\n')
  let stamp: number | undefined
  for (let at = 0; at < lines.length; at++) {
    let line = lines[at] ?? ''
    const [, bash] = /^#(\d{9,11})$/.exec(line) ?? []
    if (bash !== undefined) {
      stamp = Number(bash)
      continue
    }
    const [, zsh, text] = /^: (\d{9,11}):\d+;(.*)$/.exec(line) ?? []
    if (zsh !== undefined && text !== undefined) {
      line = text
      while (line.endsWith('\\') && at + 1 < lines.length)
        line = `${line.slice(0, -1)}\n${lines[++at] ?? ''}`
    }
    const command = line.trim().replace(/^\d+\s{2,}/, '')
    if (command !== '') entries.push({ text: command, at: zsh === undefined ? stamp : Number(zsh) })
  }
  return entries
}

interface Kept {
  readonly kept: readonly Entry[]
  readonly dropped: readonly string[]
  /** What was mistyped, with what was typed instead right afterwards. */
  readonly folded: readonly (readonly [string, string])[]
}

function withoutNoise(entries: readonly Entry[]): Kept {
  const kept: Entry[] = []
  const dropped: string[] = []
  const folded: (readonly [string, string])[] = []
  const words = new Map<string, number>()
  for (const { text } of entries) {
    const [word = ''] = text.split(/\s/, 1)
    words.set(word, (words.get(word) ?? 0) + 1)
  }
  for (const entry of entries) {
    if (noise.test(entry.text)) {
      dropped.push(entry.text)
      continue
    }
    const last = kept.at(-1)
    if (last?.text === entry.text) continue
    if (last && isMistyped(last.text, entry.text, words)) {
      kept.pop()
      folded.push([last.text, entry.text])
    }
    kept.push(entry)
  }
  return { kept, dropped, folded }
}

/** `git psuh` before `git push`: near, and not only another name or number. */
function isMistyped(wrong: string, right: string, words: ReadonlyMap<string, number>): boolean {
  if (nearest(wrong, [right], 2) === undefined || wrong.length < 4) return false
  const [a, b] = [wrong.split(/\s+/), right.split(/\s+/)]
  const at = a.findIndex((word, index) => word !== b[index])
  const [one = '', other = ''] = [a[at], b[at]]
  // A path, a number or a name may differ because another one is meant.
  if (at > 1 || /[\d/.=]/.test(one + other)) return false
  return at === 0 ? (words.get(one) ?? 0) <= (words.get(other) ?? 0) : a.length >= b.length
}
