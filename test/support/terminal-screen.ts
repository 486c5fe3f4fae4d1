/** Renders a program's bytes as the lines of a terminal of a given width. */
export class TerminalScreen {
  readonly #columns: number
  #lines: string[][] = [[]]
  #row = 0
  #column = 0

  constructor(columns: number) {
    this.#columns = columns
  }

  write(text: string): void {
    // oxlint-disable-next-line no-control-regex -- escape sequences are what is read
    for (const [part] of text.matchAll(/\u001b\[[\d;?]*[A-Za-z]|[\s\S]/gu)) {
      if (part.length > 1 && part.startsWith('\u001b')) this.#escape(part)
      else if (part === '\r') this.#column = 0
      else if (part === '\n') this.#move(this.#row + 1)
      else if (part === '\b') this.#column = Math.max(0, this.#column - 1)
      else if (part >= ' ') this.#put(part)
    }
  }

  get text(): string {
    return this.#lines.map((line) => line.join('').trimEnd()).join('\n')
  }

  #put(character: string): void {
    const width = /[\p{Script=Han}，。：；、（）]/u.test(character) ? 2 : 1
    if (this.#column + width > this.#columns) {
      this.#move(this.#row + 1)
      this.#column = 0
    }
    const line = this.#lines[this.#row] ?? []
    while (line.length < this.#column) line.push(' ')
    line[this.#column] = character
    if (width === 2) line[this.#column + 1] = ''
    this.#column += width
  }

  #move(row: number): void {
    this.#row = Math.max(0, row)
    while (this.#lines.length <= this.#row) this.#lines.push([])
  }

  #escape(sequence: string): void {
    const count = Number(/\d+/.exec(sequence)?.[0] ?? 1)
    const line = this.#lines[this.#row] ?? []
    switch (sequence.slice(-1)) {
      case 'A':
        this.#move(this.#row - count)
        break
      case 'B':
        this.#move(this.#row + count)
        break
      case 'C':
        this.#column += count
        break
      case 'D':
        this.#column = Math.max(0, this.#column - count)
        break
      case 'G':
        this.#column = count - 1
        break
      case 'J':
        line.length = Math.min(line.length, this.#column)
        this.#lines.length = this.#row + 1
        break
      case 'K':
        line.length = Math.min(line.length, this.#column)
        break
      default:
    }
  }
}
