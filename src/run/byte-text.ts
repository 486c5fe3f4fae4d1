/**
 * Bytes of a host's file as a string of one character a byte, so that edits keep bytes that are not
 * UTF-8.
 */

/** Encodes as UTF-8, one character a byte. */
export function toBytes(text: string): string {
  return ofBytes(new TextEncoder().encode(text))
}

/** Decodes for people; bytes that are not UTF-8 become U+FFFD. */
export function fromBytes(bytes: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Uint8Array.from(bytes, (character) => character.charCodeAt(0)),
  )
}

/** @returns `undefined` if the text is not base64. */
export function bytesFromBase64(text: string): string | undefined {
  try {
    return atob(text)
  } catch {
    return undefined
  }
}

export function bytesToBase64(bytes: string): string {
  return btoa(bytes)
}

function ofBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return text
}
