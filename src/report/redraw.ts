const redrawMs = 100

export interface RedrawOptions {
  readonly write: (text: string) => void
  readonly nowMs: () => number
  /** The lines to draw, none wider than the terminal; `undefined` keeps the current ones. */
  readonly lines: (nowMs: number) => readonly string[] | undefined
}

/** The part of a terminal that is redrawn in place, below the lines that stay. */
export class Redraw {
  readonly #options: RedrawOptions
  #lines = 0
  #drawnAt = 0
  #isPaused = false

  constructor(options: RedrawOptions) {
    this.#options = options
  }

  clear(): void {
    if (this.#lines > 0) this.#options.write(`\u001b[${this.#lines}A\u001b[J`)
    this.#lines = 0
  }

  /** Stops drawing until `resume`, while something else uses the terminal. */
  pause(): void {
    this.clear()
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.now()
  }

  /** Skips the call if it drew a moment ago. */
  soon(): void {
    const nowMs = this.#options.nowMs()
    if (nowMs - this.#drawnAt >= redrawMs) this.#draw(nowMs)
  }

  now(): void {
    this.#draw(this.#options.nowMs())
  }

  #draw(nowMs: number): void {
    const lines = this.#options.lines(nowMs)
    if (!lines) return
    this.#drawnAt = nowMs
    if (this.#isPaused) return
    this.clear()
    if (lines.length === 0) return
    this.#options.write(`${lines.join('\n')}\n`)
    this.#lines = lines.length
  }
}
