/** Blocks and remarks of tools that run Markdown, written as ours. */

import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Fence } from '../model/fence.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'
import { addAttribute, renameFence } from '../parse/info-edits.ts'
import { readTranscript } from '../parse/transcript.ts'
import { messages } from './messages.ts'
import type { Remark } from './page-draft.ts'

export interface Change {
  readonly edits: readonly Edit[]
  readonly remarks: readonly Remark[]
}

export function foreignChanges(page: ParsedPage): readonly Change[] {
  const fences = page.blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence] : []))
  return [...fences.flatMap((fence) => fenceChange(page, fence)), ...commentChanges(page, fences)]
}

function fenceChange(page: ParsedPage, fence: Fence): readonly Change[] {
  if (/^(?:scrut|cram|mdx-shell|byexample)$/.test(fence.language)) return [scrutChange(page, fence)]
  const info = page.source.text.slice(fence.infoSpan.start.offset, fence.infoSpan.end.offset)
  // mdsh runs what is marked `$`, and puts its output behind `>`.
  const mdsh = /^\s*(?:bash|sh|shell)(\s+[$>])\s*$/.exec(info)
  if (mdsh) {
    const at = fence.infoSpan.start.offset + info.lastIndexOf(mdsh[1] ?? '')
    return [{ edits: [{ start: at, end: fence.infoSpan.end.offset, text: '' }], remarks: [] }]
  }
  return byexampleChange(page, fence)
}

/** `# byexample: +skip` and `+timeout=3`; the other options are about how output is compared. */
function byexampleChange(page: ParsedPage, fence: Fence): readonly Change[] {
  const found = [...fence.text.matchAll(/[ \t]*#\s{0,4}byexample:([^\n]{0,200})/g)]
  if (found.length === 0) return []
  const options = found.map(([, text = '']) => text).join(' ')
  const [, seconds] = /\+timeout=(\d+)/.exec(options) ?? []
  const words = [
    ...(/\+skip\b/.test(options) ? ['example'] : []),
    ...(seconds === undefined ? [] : [`timeout=${seconds}s`]),
  ]
  const rest = options.replaceAll(/\+skip\b|\+timeout=\d+/g, '').trim()
  const content = fence.text.replaceAll(/[ \t]*#\s{0,4}byexample:[^\n]{0,200}/g, '')
  const offset = fence.span.start.offset
  return [
    {
      edits: [
        ...(words.length > 0 ? [addAttribute(fence, page.source, words.join(' '))] : []),
        contentEdit(fence, content),
      ],
      remarks:
        rest === ''
          ? []
          : [{ offset, message: messages.optionLeftOut(rest), help: undefined, shown: undefined }],
    },
  ]
}

const mark = /\s\((glob|re|regex|regexp|escaped|esc|no-eol)([*+?]?)\)$/

/** scrut says at a line's end how it is compared, and `[N]` which status the command ends with. */
function scrutChange(page: ParsedPage, fence: Fence): Change {
  const offset = fence.span.start.offset
  const statuses: string[] = []
  const lines = fence.text.split('\n').flatMap((line) => {
    const [, status] = /^\[(\d{1,3})\]$/.exec(line) ?? []
    if (status === undefined) return [scrutLine(line)]
    statuses.push(status)
    return []
  })
  const text = lines.join('\n')
  const isOne = readTranscript(text).commands.length === 1
  const info = page.source.text.slice(fence.infoSpan.start.offset, fence.infoSpan.end.offset)
  const group = /\{\s*[A-Za-z_][\w-]*\s*:.*\}/.exec(info)?.[0]
  const exit = isOne && statuses.length === 1 ? ` {exit=${statuses[0] ?? ''}}` : ''
  const whole = { start: fence.infoSpan.start.offset, end: fence.infoSpan.end.offset }
  const remarks: Remark[] = []
  const say = (message: Remark['message']) =>
    remarks.push({ offset, message, help: undefined, shown: undefined })
  if (statuses.length > 0 && exit === '') say(messages.statusesLeftOut(statuses.join(', ')))
  if (group !== undefined) say(messages.optionLeftOut(group))
  const rename =
    group === undefined && exit === ''
      ? renameFence(fence, page.source, 'console')
      : { ...whole, text: `console${exit}` }
  return { edits: [rename, contentEdit(fence, text)], remarks }
}

function scrutLine(line: string): string {
  const [whole, kind, times] = mark.exec(line) ?? []
  if (whole === undefined) return line
  const text = line.slice(0, -whole.length)
  const start = times === '*' || times === '+' ? '<*> ' : times === '?' ? '<?> ' : ''
  if (kind === 'glob')
    return start + text.replaceAll('<', '\\<').replaceAll('*', '<...>').replaceAll('?', '<:.>')
  if (kind?.startsWith('re') === true) return `${start}<:${text.replaceAll('>', String.raw`\>`)}>`
  return start + text
}

/** Innovation Engine: `<!-- expected_similarity=0.8 -->` stands before the output. */
function commentChanges(
  { asides, source }: ParsedPage,
  fences: readonly Fence[],
): readonly Change[] {
  return asides.flatMap(({ kind, span }) => {
    if (kind !== 'html') return []
    const text = source.text.slice(span.start.offset, span.end.offset)
    const [, value] = /^<!--\s*expected_similarity\s*=\s*"?([^">]*?)"?\s*-->/.exec(text) ?? []
    if (value === undefined) return []
    const next = fences.find((fence) => fence.span.start.offset >= span.end.offset)
    if (!next || next.span.start.line - span.end.line > 3) return []
    const isExact = Number(value) === 1
    const line = source.lineStart(span.start.line)
    const message = messages.similarityLeftOut(value)
    return [
      {
        edits: [
          { start: line, end: source.lineStart(span.end.line + 1), text: '' },
          { start: next.infoSpan.start.offset, end: next.infoSpan.end.offset, text: 'output' },
        ],
        remarks: isExact
          ? []
          : [
              {
                offset: next.span.start.offset,
                message,
                help: messages.recordAndSync,
                shown: undefined,
              },
            ],
      },
    ]
  })
}

/** Replaces a block's content behind the marks of what it stands in. */
export function contentEdit({ contentSpan, prefix }: Fence, text: string): Edit {
  const lines = text === '' ? [] : text.split('\n')
  return {
    start: contentSpan.start.offset,
    end: contentSpan.end.offset,
    text: lines.map((line) => `${prefix}${line}\n`).join(''),
  }
}
