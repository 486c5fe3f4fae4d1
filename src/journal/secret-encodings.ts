/**
 * The forms in which a secret may be printed: itself, each of its lines, base64 at all three
 * alignments, URL, JSON, shell and HTML.
 */

const minLength = 6

/** Every form of a secret that is long enough to be masked without harm. */
export function encodingsOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/)
  const plain = lines.length > 1 ? [secret, ...lines] : [secret]
  const forms = plain.flatMap((text) => [
    text,
    ...base64Forms(text),
    ...urlForms(text),
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replace(/[^A-Za-z0-9_./:=@%+,-]/gu, '\\$&'),
    text.replace(/["$`\\]/g, '\\$&'),
    ...htmlForms(text),
  ])
  return [...new Set(forms.filter((form) => form.length >= minLength))]
}

/** Without the characters at either end that the neighbours of the secret also decide. */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const first = Math.ceil((shift * 8) / 6)
    const last = Math.floor(((shift + bytes.length) * 8) / 6)
    const inner = encoded.slice(first, last)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function urlForms(text: string): readonly string[] {
  // A lone surrogate cannot be encoded, and never leaves a program as itself.
  const quoted = encodeURIComponent(Buffer.from(text).toString())
  const all = [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('')
  const strict = quoted.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const form = strict.replaceAll('%20', '+')
  return [
    quoted,
    strict,
    form,
    all,
    all.toLowerCase(),
    quoted.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ]
}

function htmlForms(text: string): readonly string[] {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = escaped.replaceAll('"', '&quot;')
  return [escaped, quoted, quoted.replaceAll("'", '&#39;'), quoted.replaceAll("'", '&#x27;')]
}
