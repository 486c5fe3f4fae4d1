/**
 * Computes the new content of a host's file: the whole text, or the file with one part changed
 * (`edit=`).
 *
 * A pure function on bytes, one character a byte. Other lines keep their bytes and line ends;
 * repeating an edit changes nothing.
 */

import type { FileStep } from '../model/step.ts'
import { blockMarks } from './block-marks.ts'
import { mergeSections } from './edit-section.ts'
import { FileLines } from './file-lines.ts'
import { FileProblem } from './file-problem.ts'

/**
 * @param before - `undefined` if the file does not exist.
 * @throws {FileProblem} If the part to change is ambiguous.
 */
export function editFile(
  { edit, path, id }: Pick<FileStep, 'edit' | 'path' | 'id'>,
  content: string,
  before: string | undefined,
): string {
  if (edit === undefined) return content
  const file = new FileLines(before ?? '')
  const wanted = new FileLines(content).texts
  switch (edit) {
    case 'line':
      ensureLines(file, wanted)
      break
    case 'block':
      keepBlock(file, wanted, blockMarks(path, id))
      break
    case 'section':
      mergeSections(file, wanted)
      break
    default:
      throw new Error(`unreachable: ${String(edit satisfies never)} of ${path}`)
  }
  return file.toString()
}

function ensureLines(file: FileLines, wanted: readonly string[]): void {
  const known = new Set(file.texts)
  const added = wanted.filter((line) => !known.has(line) && known.add(line))
  file.splice(file.texts.length, 0, added)
}

/**
 * Replaces the content between two marks that name the step; appends marks and content if missing.
 */
function keepBlock(
  file: FileLines,
  wanted: readonly string[],
  { begin, end }: { readonly begin: string; readonly end: string },
): void {
  const isMark = (line: string) => line.trim() === begin || line.trim() === end
  const own = wanted.find(isMark)
  if (own !== undefined) throw new FileProblem('block-own-mark', own.trim())
  const marks = file.texts.flatMap((line, index) => (isMark(line) ? [index] : []))
  const block = [begin, ...wanted, end]
  const [from, to, more] = marks
  if (from === undefined) {
    file.splice(file.texts.length, 0, block)
    return
  }
  const isPair =
    to !== undefined &&
    more === undefined &&
    file.textAt(from).trim() === begin &&
    file.textAt(to).trim() === end
  if (!isPair) throw new FileProblem('block-marks', begin, end)
  const inside = file.texts.slice(from + 1, to)
  const isSame =
    inside.length === wanted.length && inside.every((line, index) => line === wanted[index])
  if (!isSame) file.splice(from + 1, to - from - 1, wanted)
}
