/** Where a link or an image of a page may lead: schemes are allowed by name, all others are refused. */

const linkSchemes = new Set(
  'http https mailto tel sms ftp ftps sftp ssh git irc ircs xmpp news geo magnet'
    .split(' ')
    .map((name) => `${name}:`),
)

const imageSchemes = new Set(['http:', 'https:'])
const imageData = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i

/** A browser reads `java\tscript:` and ` javascript:` as it reads `javascript:`, and so does this. */
function schemeOf(target: string): string | undefined {
  try {
    return new URL(target).protocol
  } catch {
    // Without a scheme, or nothing that a browser could follow.
    return undefined
  }
}

/** Whether a link may lead there; a relative one always may. */
export function isSafeLink(target: string): boolean {
  const scheme = schemeOf(target)
  return scheme === undefined || linkSchemes.has(scheme)
}

/** Whether an image comes from another server, or is a picture in the address itself. */
export function isRemoteImage(target: string): boolean {
  const scheme = schemeOf(target)
  if (scheme === undefined) return /^[\\/]{2}/.test(target)
  return imageSchemes.has(scheme) || imageData.test(target)
}

/** Whether an address has any scheme, so that it is no file of the project. */
export function hasScheme(target: string): boolean {
  return schemeOf(target) !== undefined
}
