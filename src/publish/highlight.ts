/** Splits code into coloured pieces with VitePress's own highlighter, so that both look alike. */

/** Text of one colour; `style` is empty without a colour. */
interface Piece {
  readonly text: string
  readonly style: string
}

/** Colours code; the joined pieces equal the code. */
export type Highlight = (code: string, language: string) => readonly Piece[]

/** The part of Shiki's highlighter that we use (VitePress passes it to `markdown.shikiSetup`). */
export interface TokenSource {
  codeToTokens(
    code: string,
    options: {
      lang: string
      themes: { light: string; dark: string }
      defaultColor: false
    },
  ): {
    tokens: readonly (readonly {
      content: string
      htmlStyle?: string | Record<string, string> | undefined
    }[])[]
  }
}

export const codeThemes = {
  light: 'github-light-high-contrast',
  dark: 'github-dark-high-contrast',
} as const

export const plainText: Highlight = (code) => [{ text: code, style: '' }]

/** An unknown language is drawn as plain text. */
export function highlighterOf(source: TokenSource): Highlight {
  return (code, language) => {
    const lines = readTokens(
      source,
      code,
      language === 'sh' || language === 'zsh' ? 'bash' : language,
    )
    if (!lines) return plainText(code, language)
    const pieces = lines.flatMap((line, index) => [
      ...(index > 0 ? [{ text: '\n', style: '' }] : []),
      ...line.map(({ content, htmlStyle }) => ({ text: content, style: styleText(htmlStyle) })),
    ])
    const isWhole = pieces.map(({ text }) => text).join('') === code
    return isWhole ? pieces : plainText(code, language)
  }
}

function readTokens(source: TokenSource, code: string, lang: string) {
  try {
    return source.codeToTokens(code, { lang, themes: codeThemes, defaultColor: false }).tokens
  } catch {
    return undefined
  }
}

function styleText(style: string | Record<string, string> | undefined): string {
  if (style === undefined) return ''
  if (typeof style === 'string') return style
  return Object.entries(style)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')
}
