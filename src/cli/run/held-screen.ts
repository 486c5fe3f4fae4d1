import { TurnBatch } from '../../journal/turn-batch.ts'

/** What goes to the terminal while a run is shown; while a question is open it waits. */
export class HeldScreen {
  readonly #batch: TurnBatch
  #held = ''
  #isHeld = false
  readonly #waiting: (() => void)[] = []

  constructor(write: (text: string) => void) {
    this.#batch = new TurnBatch(write)
  }

  add(text: string): void {
    if (this.#isHeld) this.#held += text
    else this.#batch.add(text)
  }

  /** For a program that reads us: it is not kept waiting by a question to a person. */
  pass(text: string): void {
    this.#batch.add(text)
  }

  flush(): void {
    this.#batch.flush()
  }

  /** Writes what has come so far; more waits for `release`. */
  hold(): void {
    this.flush()
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    this.add(this.#held)
    this.#held = ''
    this.flush()
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** @returns Resolves on `release`, where too much waits; `undefined`: more may come. */
  room(): Promise<void> | undefined {
    if (this.#held.length < maxHeldChars) return undefined
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

/** A person may think for an hour while another host prints. */
const maxHeldChars = 1024 * 1024
