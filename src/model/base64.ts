/**
 * The bytes that a text of base64 stands for; `undefined` where it is none, or was cut.
 *
 * White space is none of it: whoever asks takes it away.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const isWhole = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
  if (!isWhole) return undefined
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
