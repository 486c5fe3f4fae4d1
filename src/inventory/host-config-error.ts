/** A host's name or the ssh configuration cannot be used; the message names what and where. */
export class HostConfigError extends Error {
  override readonly name = 'HostConfigError'
  readonly host: string

  constructor(host: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.host = host
  }
}
