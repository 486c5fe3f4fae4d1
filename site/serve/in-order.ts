/** Sends texts one request at a time, so that they arrive in order; what waits goes together. */
export class InOrder {
  readonly #send: (text: string) => Promise<void>
  #waiting = ''
  #isSending = false

  constructor(send: (text: string) => Promise<void>) {
    this.#send = send
  }

  push(text: string): void {
    this.#waiting += text
    if (!this.#isSending) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isSending = true
    try {
      while (this.#waiting !== '') {
        const text = this.#waiting
        this.#waiting = ''
        await this.#send(text)
      }
    } catch {
      // The terminal is gone; its view says so.
    } finally {
      this.#isSending = false
    }
  }
}
