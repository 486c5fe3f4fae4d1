/** A page or a project that cannot be published; the message names the place and what to do. */
export class SiteError extends Error {
  override readonly name = 'SiteError'
}
