/** Blocks of a tutorial that are what stands in a file, whatever name their author gave them. */

import { editedPath } from '../lint/edited-file.ts'
import { saysPart } from '../lint/edit-words.ts'
import { isAssignments, isContentOf } from '../lint/file-content.ts'
import type { Fence } from '../model/fence.ts'
import { fenceKind, isExample } from '../parse/fence-kind.ts'
import { renameFence } from '../parse/info-edits.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'
import { readSimpleCommands } from '../parse/simple-commands.ts'
import { readTranscript, startsWithPrompt } from '../parse/transcript.ts'
import { unwrap } from '../parse/unwrap.ts'
import { blockMeaning } from './block-meaning.ts'
import type { Change } from './foreign-fences.ts'
import { messages } from './messages.ts'
import type { Remark } from './page-draft.ts'
import { namedFile, saysEdit } from './page-words.ts'

interface Above {
  /** The step before the block, in the same section. */
  readonly step: Fence | undefined
  /** The words between the block and what stands before it. */
  readonly above: string
}

const maxDistance = 12

/** A block behind an editor, or behind words that name a file, is never commands by its look alone. */
export function contentChange(
  page: ParsedPage,
  fence: Fence,
  { step, above }: Above,
): Change | undefined {
  if (isExample(fence) || fence.attributes.length > 0) return undefined
  const isOpen = step && fence.span.start.line - step.span.end.line < maxDistance
  const opened = isOpen ? openedFile(step) : undefined
  if (opened !== undefined && isContentOf(opened, fence.text))
    return { edits: asText(page, fence), remarks: [] }
  const named = namedFile(above)
  if (named === undefined || !saysEdit(above) || !isContentOf(named, fence.text)) return undefined
  // Of commands only what sets names can be a file's.
  if (isShell(fence) && !isAssignments(fence.text)) return undefined
  const place = { text: fence.text, offset: fence.span.start.offset }
  return { edits: asText(page, fence), remarks: [fileRemark(place, named, above)] }
}

/** @param text - What may be the file's content, and where it stands on the page. */
export function fileRemark(
  { text, offset }: { readonly text: string; readonly offset: number },
  path: string,
  above: string,
): Remark {
  const help = saysPart(above) ? messages.writePart(path) : messages.writeFile(path)
  return { offset, message: messages.fileShown(path), help, shown: text }
}

/** `SELINUX=disabled` in a block without a name: a variable only where something reads it. */
export function isUnusedSetting({ blocks }: ParsedPage, fence: Fence): boolean {
  if (!isAssignments(fence.text) || /^\s*export\s/m.test(fence.text)) return false
  const names = [...fence.text.matchAll(/^\s*([A-Za-z_]\w*)=/gm)].map(([, name = '']) => name)
  return !blocks.some(
    (block) =>
      block.kind === 'fence' &&
      block.fence !== fence &&
      names.some((name) => new RegExp(String.raw`\$\{?${name}\b`).test(block.fence.text)),
  )
}

export function settingChange(page: ParsedPage, fence: Fence): Change {
  const offset = fence.span.start.offset
  const [first = ''] = fence.text.trim().split('\n', 1)
  const message = messages.settingShown(first)
  const remark = { offset, message, help: messages.fileOrVariable, shown: fence.text }
  return { edits: asText(page, fence), remarks: [remark] }
}

/** The file that a block's last command opens in an editor. */
export function openedFile(fence: Fence): string | undefined {
  const isCommands = isShell(fence) || /^(?:bash|console)$/.test(blockMeaning(fence))
  if (!isCommands) return undefined
  const command = readSimpleCommands(commandsText(fence)).commands.at(-1)
  return command && editedPath(unwrap(command))
}

/** A block's commands without its prompts. */
export function commandsText(fence: Fence): string {
  const { text } = fence
  const isSession = fenceKind(fence) === 'console' || blockMeaning(fence) === 'console'
  if (!startsWithPrompt(text) && !isSession) return text
  const { commands } = readTranscript(text)
  return commands.length === 0 ? text : commands.map((command) => command.text).join('\n')
}

function isShell(fence: Fence): boolean {
  return /^(?:shell|console)$/.test(fenceKind(fence))
}

/** The name that a block has stays, unless it would run. */
function asText(page: ParsedPage, fence: Fence) {
  const isShown = !isShell(fence) && /^(?:foreign|other)$/.test(blockMeaning(fence))
  return isShown || fence.language === 'text' ? [] : [renameFence(fence, page.source, 'text')]
}
