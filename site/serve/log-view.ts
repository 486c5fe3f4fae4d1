/** The whole output of a step: all lines, in blocks that the browser draws when they are seen. */

import type { Lang } from '../../src/model/message.ts'
import { Screen } from '../../src/match/render-screen.ts'
import type { Api } from './api.ts'
import { button, element } from './elements.ts'
import { saveText } from './save-text.ts'
import { cutLine } from './step-output.ts'
import { runsWords as words } from './runs-words.ts'

const blockLines = 500

/** More lines would take too much of the browser's memory. */
const maxLines = 200_000

export class LogView {
  readonly element: HTMLElement
  readonly #lang: Lang
  readonly #note: HTMLElement
  readonly #blocks = element('div', { class: 'rb-log', tabindex: '0' })
  #count = 0

  constructor(
    api: Api,
    of: { readonly run: string; readonly step: string; readonly host: string },
    lang: Lang,
  ) {
    this.#lang = lang
    this.#note = element('span', { class: 'rb-log-note', role: 'status' }, words.loading[lang])
    const open = () => api.output(of.run, of.step, of.host)
    const name = `${of.run}-${of.step}-${of.host}.txt`
    const save = button(words.save[lang], () => void open().then((body) => saveText(name, body)), {
      'aria-label': words.saveOutput(of.step)[lang],
    })
    this.#blocks.setAttribute('aria-label', `${words.log[lang]}: ${of.step}`)
    this.element = element(
      'div',
      { class: 'rb-log-view' },
      element('div', { class: 'rb-log-bar' }, this.#note, save),
      this.#blocks,
    )
    void this.#read(open).catch((error: unknown) => {
      this.#note.textContent = error instanceof Error ? error.message : String(error)
    })
  }

  async #read(open: () => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>): Promise<void> {
    let waiting: string[] = []
    const flush = () => {
      const shown = waiting.slice(0, Math.max(0, maxLines - this.#count))
      this.#count += waiting.length
      waiting = []
      if (shown.length === 0) return
      const block = element('pre', { class: 'rb-log-block' }, `${shown.join('\n')}\n`)
      block.style.setProperty('contain-intrinsic-size', `auto ${shown.length * 1.5}em`)
      this.#blocks.append(block)
    }
    const screen = new Screen((line) => {
      waiting.push(cutLine(line))
      if (waiting.length >= blockLines) flush()
    })
    const reader = (await open()).pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read())
      screen.push(part.value)
    screen.end()
    flush()
    this.#note.textContent = this.#said()
  }

  #said(): string {
    if (this.#count === 0) return words.noOutput[this.#lang]
    const count = words.lines(this.#count)[this.#lang]
    if (this.#count <= maxLines) return count
    return `${count} · ${words.restSaved(maxLines)[this.#lang]}`
  }
}
