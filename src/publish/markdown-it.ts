/** Types for the part of markdown-it that we use; VitePress bundles its copy without types. */

export interface Token {
  type: string
  tag: string
  nesting: number
  level: number
  map: [number, number] | null
  content: string
  info: string
  meta: unknown
  children: Token[] | null
  attrs: [string, string][] | null
  block: boolean
  hidden: boolean
  /** Set by VitePress for `<<< file`. */
  src?: unknown
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
  attrJoin(name: string, value: string): void
}

export interface CoreState {
  readonly src: string
  readonly env: PageEnv
  readonly inlineMode: boolean
  tokens: Token[]
  readonly Token: new (type: string, tag: string, nesting: -1 | 0 | 1) => Token
}

/** VitePress's data about the rendered page; empty for a container's title. */
export interface PageEnv {
  path?: string
  relativePath?: string
  frontmatter?: Record<string, unknown>
  /** Files whose change re-renders the page. */
  includes?: string[]
  /** Set by us: the text is only for the search index. */
  search?: boolean
}

interface Renderer {
  rules: Record<string, RenderRule | undefined>
  renderAttrs(token: Token): string
  renderToken(tokens: Token[], index: number, options: unknown): string
}

type RenderRule = (
  tokens: Token[],
  index: number,
  options: unknown,
  env: PageEnv,
  self: Renderer,
) => string

interface CoreRuler {
  after(name: string, added: string, rule: (state: CoreState) => void): void
  push(name: string, rule: (state: CoreState) => void): void
}

export interface MarkdownIt {
  readonly core: { readonly ruler: CoreRuler }
  readonly block: { readonly ruler: { disable(name: string, ignoreInvalid: boolean): unknown } }
  readonly renderer: Renderer
  render(source: string, env: PageEnv): string
}
