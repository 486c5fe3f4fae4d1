/** A page that is being written, and the places in it that a person has to look at. */

import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Message } from '../model/message.ts'
import { applyEdits } from '../text/apply-edits.ts'
import { fenceMark } from '../text/fence-mark.ts'

/** Something that only a person can decide. */
export interface Remark {
  /** In the page's text, in UTF-16 units. */
  readonly offset: number
  readonly message: Message
  readonly help: Message | undefined
  /** Lines of the source that are in no step because of it. */
  readonly shown: string | undefined
}

export interface Draft {
  readonly text: string
  readonly remarks: readonly Remark[]
}

/** Writes a page from its top. */
export class DraftWriter {
  #text = ''
  readonly #remarks: Remark[] = []

  /** A block of Markdown with an empty line before it. */
  block(text: string): void {
    this.#text += this.#text === '' ? `${text}\n` : `\n${text}\n`
  }

  fence(info: string, content: string): void {
    this.block(fenceText(info, content))
  }

  /** Remarks on the block that is written next. */
  remark(message: Message, { help, shown }: { help?: Message; shown?: string } = {}): void {
    const offset = this.#text === '' ? 0 : this.#text.length + 1
    this.#remarks.push({ offset, message, help, shown })
  }

  get draft(): Draft {
    return { text: this.#text, remarks: this.#remarks }
  }
}

/** A fence whose marks are longer than any in its content. */
export function fenceText(info: string, content: string): string {
  const mark = fenceMark(content)
  return `${mark}${info}\n${content === '' ? '' : `${content}\n`}${mark}`
}

/** Makes edits that do not overlap; each remark stays at its text. */
export function editDraft({ text, remarks }: Draft, edits: readonly Edit[]): Draft {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const moved = (offset: number) => {
    let shift = 0
    for (const { start, end, text: next } of ordered) {
      if (end <= offset && start < offset) shift += next.length - (end - start)
      else if (start < offset) return start + shift
    }
    return offset + shift
  }
  return {
    text: applyEdits(text, edits),
    remarks: remarks.map((remark) => ({ ...remark, offset: moved(remark.offset) })),
  }
}
