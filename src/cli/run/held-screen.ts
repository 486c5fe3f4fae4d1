import { TurnBatch } from '../../journal/turn-batch.ts'

/** Buffers the terminal's output while a question is open. */
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

  /** Output for a program that reads ours; questions to a person do not delay it. */
  pass(text: string): void {
    this.#batch.add(text)
  }

  flush(): void {
    this.#batch.flush()
  }

  /** Writes what has arrived; buffers further output until `release`. */
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

  /**
   * @returns A promise that resolves on `release`, if the buffer is full; `undefined`: there is
   * room.
   */
  room(): Promise<void> | undefined {
    if (this.#held.length < maxHeldChars) return undefined
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

/** A person may think for an hour while another host prints. */
const maxHeldChars = 1024 * 1024
