/** What was asked for cannot be done as it stands: nothing was run (exit code 2). */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** What to type instead. */
  readonly help: string | undefined

  constructor(message: string, help?: string) {
    super(message)
    this.help = help
  }
}
