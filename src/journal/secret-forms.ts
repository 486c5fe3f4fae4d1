/**
 * The byte sequences that represent a whole secret: the secret itself, each of its lines, base64 at
 * all alignments, base32, and these of its other encodings. `read-text.ts` knows how each character
 * may be spelt.
 */

/** Shorter lines and encodings also occur in ordinary text. */
const minLength = 6

/**
 * Nested encodings of longer secrets are not searched, because they are a hundred times as long.
 */
const maxNestedLength = 512

/** All forms of a secret, as bytes. */
export function secretForms(secret: string): readonly Buffer[] {
  const lines = secret.split(/\r?\n/)
  const parts = [secret.trim(), ...(lines.length > 1 ? lines : [])].filter(isDistinct)
  const plain = [...new Set([secret, ...parts])].map(toBytes)
  const isNested = secret.length <= maxNestedLength
  return plain.flatMap((bytes) => [
    bytes,
    ...misread(bytes),
    ...base64Forms(bytes),
    ...base32Forms(bytes),
    ...(isNested ? reencoded(bytes).flatMap(base64Forms) : []),
  ])
}

function isDistinct(text: string): boolean {
  return text.length >= minLength && new Set(text).size > 1
}

/** In other character sets, as bytes and as the same bytes decoded as UTF-8. */
function misread(bytes: Buffer): readonly Buffer[] {
  const text = bytes.toString()
  // oxlint-disable-next-line no-control-regex -- ASCII is the same everywhere
  if (/^[\0-\x7f]*$/.test(text)) return []
  const wide = Buffer.from(text, 'utf16le')
  const encoded = [wide, Buffer.from(wide).swap16(), Buffer.from(text, 'latin1')]
  const lossy = encoded
    .map((each) => each.toString().replaceAll('\0', ''))
    .filter((each) => each.replaceAll('\ufffd', '').length >= minLength)
  return [...encoded, ...lossy.map(toBytes)]
}

/** Changes that a program may make before it encodes the whole secret. */
function reencoded(bytes: Buffer): readonly Buffer[] {
  const text = bytes.toString()
  const wide = Buffer.from(text, 'utf16le')
  const texts = [
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    ...base64Forms(bytes).map(String),
  ]
  const others = texts.filter((each) => each !== text).map(toBytes)
  return [wide, Buffer.from(wide).swap16(), ...others]
}

/** Without the digits at either end that also depend on neighbouring text. */
function base64Forms(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const inner = encoded.slice(...innerDigits(shift, bytes.length, 6))
    const urlSafe = inner.replaceAll('+', '-').replaceAll('/', '_')
    return inner.length < minLength ? [] : [...new Set([inner, urlSafe])].map(toBytes)
  })
}

const base32Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function base32Forms(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2, 3, 4].flatMap((shift) => {
    let bits = 0
    let held = 0
    let text = ''
    for (const byte of Buffer.concat([Buffer.alloc(shift), bytes])) {
      held = ((held << 8) | byte) & 0xffff
      for (bits += 8; bits >= 5; bits -= 5) text += base32Digits[(held >> (bits - 5)) & 31]
    }
    const inner = text.slice(...innerDigits(shift, bytes.length, 5))
    return inner.length < minLength ? [] : [toBytes(inner)]
  })
}

function innerDigits(shift: number, length: number, bitsEach: number): [number, number] {
  return [Math.ceil((shift * 8) / bitsEach), Math.floor(((shift + length) * 8) / bitsEach)]
}

function toBytes(text: string): Buffer {
  return Buffer.from(text)
}
