/**
 * The markdown-it plugin that connects VitePress with our parser.
 *
 * Our parser decides which fences are steps. The plugin finds each step's token by its line, and a
 * build fails if the two parsers disagree about a block.
 */

import { messages } from './messages.ts'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { recordsFolder } from '../record/record-store.ts'
import { attachSteps } from './attach-steps.ts'
import { codeGroupRules } from './code-groups.ts'
import { escapeHtml } from './escape-html.ts'
import type { Highlight } from './highlight.ts'
import { inertMarkdown, plainInfo, renderPlainCode } from './inert-markdown.ts'
import type { CoreState, MarkdownIt, PageEnv, Token } from './markdown-it.ts'
import { addAnchors, namedLink, takeHeadingIds } from './page-anchors.ts'
import { nameHeadings, titleTokens } from './page-headings.ts'
import { namesOf } from './page-values.ts'
import type { PageView } from './page-view.ts'
import { publishedMatter } from './published-matter.ts'
import { asText, judgeTargets, type Place, refuseSnippets } from './refuse-files.ts'
import { refuseErrors } from './refuse-page.ts'
import { renderPageHead } from './render-page-head.ts'
import { renderStep, type StepContext } from './render-step.ts'
import { isSafeLink } from './safe-link.ts'
import { renderSearchText } from './search-text.ts'
import { SiteError } from './site-error.ts'
import { metaOf, type Meta } from './token-meta.ts'
import { type SiteLang, words } from './words.ts'

export interface MarkdownPluginOptions {
  /** Files are named relative to this folder. */
  readonly root: string
  readonly lang: SiteLang
  readonly highlight: Highlight
  /** The page at a path; `undefined` if it is not a file. */
  readonly readPage: (path: string) => PageView | undefined
  /** The list of all pages, for the site's first page; `undefined` for other pages. */
  readonly renderIndex: (path: string) => string | undefined
  /** The `src` of an image; throws a `SiteError` if the page may not show it. */
  readonly imageSource: (target: string, path: string) => string
}

export function runbookMarkdown(md: MarkdownIt, options: MarkdownPluginOptions): void {
  inertMarkdown(md)
  codeGroupRules(md)
  md.core.ruler.after('block', 'runbook', (state) => readPageTokens(state, options))
  md.core.ruler.after('inline', 'runbook-targets', (state) => readTargets(state, options))
  md.core.ruler.push('runbook-headings', (state) => {
    const page = state.env.path === undefined ? undefined : options.readPage(state.env.path)
    const ids = new Set(page?.steps.map(({ step }) => step.id))
    nameHeadings(state.tokens, ids, words[page?.runbook.lang ?? options.lang])
    if (page) addAnchors(state.tokens, page, (text) => htmlToken(state, text))
  })
  const { rules } = md.renderer
  rules['rb_hidden'] = () => ''
  rules['rb_html'] = (tokens, index) => metaOf(tokens[index], 'html')?.html ?? ''
  const fence = rules['fence']
  rules['fence'] = (tokens, index, mdOptions, env, self) => {
    const token = tokens[index]
    if (!token) return ''
    const meta = metaOf(token, 'step')
    if (meta) {
      if (env.search === true) return renderSearchText(meta.view)
      const isInGroup = meta.view.step.variant !== undefined
      return renderStep(
        meta.view,
        meta.context,
        isInGroup ? token.info.endsWith(' active') : undefined,
      )
    }
    if (env.search === true) return `<p>${escapeHtml(token.content)}</p>`
    const isActive = token.info.endsWith(' active') ? ' active' : ''
    token.info = plainInfo(token.info) + isActive
    return fence?.(tokens, index, mdOptions, env, self) ?? renderPlainCode(token.content)
  }
}

function readPageTokens(state: CoreState, options: MarkdownPluginOptions): void {
  const { env } = state
  // A container's title is rendered with an empty environment.
  if (env.path === undefined || env.relativePath === undefined) return
  const page = options.readPage(env.path)
  const { file, above } = placeOf(state, page)
  refuseSnippets(state.tokens, { file, above })
  takeHeadingIds(state.tokens, new Set(page?.steps.map(({ step }) => step.id)))
  publishedMatter(file, page?.source ?? '', env.frontmatter ?? {})
  if (page?.isRunbook === true) {
    refuseErrors(page)
    attachSteps(state, page, above, contextOf(page, options))
    watchRecords(env, page.path)
  }
  frame(state, page, file, options)
}

function placeOf({ env, src }: CoreState, page: PageView | undefined): Place {
  const file = page?.runbook.file ?? env.relativePath ?? ''
  return { file, above: page ? linesAbove(page, src) : 0 }
}

/** Runs after inline parsing, which resolves reference definitions, escapes and entities. */
function readTargets(state: CoreState, options: MarkdownPluginOptions): void {
  const { path, relativePath } = state.env
  if (path === undefined || relativePath === undefined) {
    judgeTitle(state.tokens)
    return
  }
  judgeTargets(state.tokens, placeOf(state, options.readPage(path)), (target) =>
    options.imageSource(target, path),
  )
  for (const child of state.tokens.flatMap(({ children }) => children ?? [])) {
    const link = child.type === 'link_open' ? child.attrGet('href') : null
    if (link === null) continue
    const named = namedLink(link, (to) => pageAt(path, to, options))
    if (named !== link) child.attrSet('href', named)
  }
}

/** The page that a link leads to; `undefined` if it is not a page of the project. */
function pageAt(
  from: string,
  to: string,
  { root, readPage }: MarkdownPluginOptions,
): PageView | undefined {
  let path: string
  try {
    path = to === '' ? from : resolve(dirname(from), decodeURI(to))
  } catch {
    return undefined
  }
  const isInside = !relative(root, path).startsWith('..')
  return isInside && path.endsWith('.md') ? readPage(path) : undefined
}

function htmlToken(state: CoreState, html: string): Token {
  const token = new state.Token('rb_html', '', 0)
  token.meta = { rb: 'html', html } satisfies Meta
  return token
}

/** A container's title has no page, so an image in it is drawn as its text. */
function judgeTitle(tokens: readonly Token[]): void {
  for (const child of tokens.flatMap(({ children }) => children ?? [])) {
    if (child.type === 'image') asText(child)
    const link = child.type === 'link_open' ? child.attrGet('href') : null
    if (link !== null && !isSafeLink(link)) child.attrSet('href', '#')
  }
}

function contextOf({ runbook }: PageView, options: MarkdownPluginOptions): StepContext {
  const { variables } = runbook
  const lang = runbook.lang ?? options.lang
  const defaults = variables.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const secrets = variables.filter(({ secret }) => secret).map(({ name }) => name)
  return {
    runbook,
    namesAt: namesOf(runbook),
    values: { defaults: new Map(defaults), secrets: new Set(secrets) },
    highlight: options.highlight,
    words: words[lang],
    lang,
  }
}

/** Number of lines before the text that VitePress renders: the front matter. */
function linesAbove({ source, runbook }: PageView, text: string): number {
  const rendered = text.replace(/\n$/, '')
  const whole = source.replaceAll('\u0000', '\uFFFD').replace(/\n$/, '')
  if (!whole.endsWith(rendered)) {
    throw new SiteError(messages.at(`${runbook.file}:1`, messages.otherPage))
  }
  return whole.slice(0, whole.length - rendered.length).split('\n').length - 1
}

/**
 * Adds the page's head below its title, the list of pages at the end, and the enclosing element.
 */
function frame(
  state: CoreState,
  page: PageView | undefined,
  file: string,
  options: MarkdownPluginOptions,
): void {
  const html = (text: string): Token => {
    const token = htmlToken(state, text)
    token.block = true
    return token
  }
  const { env } = state
  const title = titleTokens(state, page?.runbook.title, env.frontmatter)
  const tokens = [...title, ...state.tokens]
  if (env.search !== true) {
    if (page?.isRunbook === true) {
      const lang = page.runbook.lang ?? options.lang
      const context = {
        words: words[lang],
        lang,
        titleOf: (link: string) => titleOf(page, link, options),
      }
      const at = tokens.findIndex(({ type, tag }) => type === 'heading_close' && tag === 'h1') + 1
      tokens.splice(at, 0, html(renderPageHead(page, context)))
    }
    const index = env.path === undefined ? undefined : options.renderIndex(env.path)
    if (index !== undefined) tokens.push(html(index))
    const name = page ? ` data-runbook-page="${escapeHtml(file)}"` : ''
    tokens.unshift(html(`<div class="rb-page"${name}>\n`))
    tokens.push(html('</div>\n'))
  }
  state.tokens = tokens
}

function titleOf(
  page: PageView,
  link: string,
  { root, readPage }: MarkdownPluginOptions,
): string | undefined {
  const path = resolve(dirname(page.path), link.replace(/#.*$/, ''))
  if (relative(root, path).startsWith('..') || !existsSync(path)) return undefined
  return readPage(path)?.runbook.title
}

/** In development, a new record re-renders the page. */
function watchRecords(env: PageEnv, path: string): void {
  const folder = recordsFolder(path)
  if (!existsSync(folder)) return
  env.includes?.push(...readdirSync(folder).map((name) => join(folder, name)))
}
