/** Decides where links and images of a page may lead: an allowlist of schemes. */

const linkSchemes = new Set(
  'http https mailto tel sms ftp ftps sftp ssh git irc ircs xmpp news geo magnet'
    .split(' ')
    .map((name) => `${name}:`),
)

const imageSchemes = new Set(['http:', 'https:'])
const imageData = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i

/** The scheme as a browser sees it: `java\tscript:` and ` javascript:` count as `javascript:`. */
function schemeOf(target: string): string | undefined {
  try {
    return new URL(target).protocol
  } catch {
    // No scheme, or not an address that a browser could follow.
    return undefined
  }
}

/** Whether a link may lead there; relative links always may. */
export function isSafeLink(target: string): boolean {
  const scheme = schemeOf(target)
  return scheme === undefined || linkSchemes.has(scheme)
}

/** Whether an image comes from another server, or is a `data:` address. */
export function isRemoteImage(target: string): boolean {
  const scheme = schemeOf(target)
  if (scheme === undefined) return /^[\\/]{2}/.test(target)
  return imageSchemes.has(scheme) || imageData.test(target)
}

/** Whether an address has a scheme, so that it is not a project file. */
export function hasScheme(target: string): boolean {
  return schemeOf(target) !== undefined
}
