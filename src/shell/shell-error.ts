export type ShellReason =
  | 'no-bash'
  | 'no-tool'
  | 'no-folder'
  | 'no-start'
  | 'password-expired'
  | 'no-sudo'
  | 'sudo-password'
  | 'sudo-wrong-password'
  | 'sudo-expired'
  | 'sudo-refused'
  | 'sudo-terminal'
  | 'unknown-user'
  | 'busy'
  | 'bad-answer'
  | 'name'
  | 'nul'

/** A shell could not be had or not be asked. The message names the cause and what to do. */
export class ShellError extends Error {
  override readonly name = 'ShellError'
  readonly reason: ShellReason

  constructor(reason: ShellReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
