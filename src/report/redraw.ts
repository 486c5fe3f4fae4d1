const redrawMs = 100

export interface RedrawOptions {
  readonly write: (text: string) => void
  readonly nowMs: () => number
  /** What is drawn now, none wider than the terminal; `undefined`: what is there stays. */
  readonly lines: (nowMs: number) => readonly string[] | undefined
}

/** The part of a terminal that is drawn again in place, below what stays. */
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

  /** Nothing is drawn until `resume`: the terminal is somebody else's. */
  pause(): void {
    this.clear()
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.now()
  }

  /** Unless it was drawn a moment ago. */
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
