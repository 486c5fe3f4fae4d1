/**
 * The markdown-it plugin that ties VitePress to our parser: one text, two readers, one answer.
 *
 * Our parser says what a step is; a step's fence is found again by its line, and a build stops
 * where the two readers disagree about a block.
 */

import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { codes } from '../diagnostic/codes.ts'
import { isError } from '../diagnostic/diagnostic.ts'
import { type Fence } from '../model/fence.ts'
import { commandsOf, expectedOf, type Step } from '../model/step.ts'
import { recordsFolder } from '../record/record-store.ts'
import { codeGroupRules } from './code-groups.ts'
import { escapeHtml } from './escape-html.ts'
import type { Highlight } from './highlight.ts'
import { inertMarkdown, plainInfo, renderPlainCode } from './inert-markdown.ts'
import { manualItems } from './manual-items.ts'
import type { CoreState, MarkdownIt, PageEnv, Token } from './markdown-it.ts'
import { nameHeadings, titleTokens } from './page-headings.ts'
import { namesOf } from './page-values.ts'
import type { PageView } from './page-view.ts'
import { refuse, refuseMarkup } from './refuse-page.ts'
import { renderPageHead } from './render-page-head.ts'
import { renderStep, type StepContext } from './render-step.ts'
import { renderSearchText } from './search-text.ts'
import { SiteError } from './site-error.ts'
import type { StepView } from './step-view.ts'
import { type SiteLang, words } from './words.ts'

export interface MarkdownPluginOptions {
  /** The project's folder: files are named from here, and none outside is published. */
  readonly root: string
  readonly lang: SiteLang
  readonly highlight: Highlight
  /** The page at a path; `undefined` for one that is no file. */
  readonly readPage: (path: string) => PageView | undefined
  /** The list of all pages for the site's first page; `undefined` elsewhere. */
  readonly renderIndex: (path: string) => string | undefined
}

/** What the core rule leaves on a token for the renderer. */
type Meta =
  | { readonly rb: 'step'; readonly view: StepView; readonly context: StepContext }
  | { readonly rb: 'html'; readonly html: string }

export function runbookMarkdown(md: MarkdownIt, options: MarkdownPluginOptions): void {
  inertMarkdown(md)
  codeGroupRules(md)
  md.core.ruler.after('block', 'runbook', (state) => readPageTokens(state, options))
  md.core.ruler.push('runbook-headings', (state) => {
    const page = state.env.path === undefined ? undefined : options.readPage(state.env.path)
    nameHeadings(state.tokens, new Set(page?.steps.map(({ step }) => step.id)), words[options.lang])
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
      return renderStep(meta.view, meta.context, isInGroup ? / active$/.test(token.info) : undefined)
    }
    if (env.search === true) return `<p>${escapeHtml(token.content)}</p>`
    const isActive = / active$/.test(token.info) ? ' active' : ''
    token.info = plainInfo(token.info) + isActive
    return fence?.(tokens, index, mdOptions, env, self) ?? renderPlainCode(token.content)
  }
}

function metaOf<K extends Meta['rb']>(token: Token | undefined, rb: K): (Meta & { rb: K }) | undefined {
  const meta = token?.meta
  if (typeof meta !== 'object' || meta === null || !('rb' in meta) || meta.rb !== rb) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this module sets `rb`
  return meta as Meta & { rb: K }
}

function readPageTokens(state: CoreState, options: MarkdownPluginOptions): void {
  const { env } = state
  // The title of a container comes with an empty environment.
  if (env.path === undefined || env.relativePath === undefined) return
  const page = options.readPage(env.path)
  const file = page?.runbook.file ?? env.relativePath
  const above = page ? linesAbove(page, state.src) : 0
  refuseFiles(state.tokens, { root: options.root, path: env.path, file, above })
  refuseMarkup(file, page?.source ?? '', env.frontmatter ?? {})
  if (page?.isRunbook === true) {
    refuseErrors(page)
    attachSteps(state, page, above, options)
    watchRecords(env, page.path)
  }
  frame(state, page, file, options)
}

/** How many lines of the file stand above the text that VitePress renders: its front matter. */
function linesAbove({ source, runbook }: PageView, text: string): number {
  const rendered = text.replace(/\n$/, '')
  const whole = source.replaceAll('\u0000', '\uFFFD').replace(/\n$/, '')
  if (!whole.endsWith(rendered)) {
    throw new SiteError(`${runbook.file}:1: the page on disk is not the text that is rendered`)
  }
  return whole.slice(0, whole.length - rendered.length).split('\n').length - 1
}

/** @throws {SiteError} Every error of the page, a line each. */
export function refuseErrors({ diagnostics, runbook }: PageView): void {
  const errors = diagnostics.filter(isError)
  if (errors.length === 0) return
  throw new SiteError(
    errors
      .map(({ code, message, help, span }) => {
        const place = `${runbook.file}:${span.start.line}:${span.start.column}`
        return `${place}: ${codes[code].severity}[${code}]: ${message}${help === undefined ? '' : ` (${help})`}`
      })
      .join('\n'),
  )
}

interface Place {
  readonly root: string
  readonly path: string
  readonly file: string
  readonly above: number
}

/** `<<< file`, and images that are no files of the project. */
function refuseFiles(tokens: readonly Token[], place: Place): void {
  for (const token of tokens) {
    const line = place.above + (token.map?.[0] ?? 0) + 1
    if (token.type === 'fence' && token.src !== undefined) refuse(place.file, line, '`<<<` takes in another file')
    if (token.type === 'inline') {
      for (const [, target = ''] of token.content.matchAll(/!\[[^\]]*\]\(\s*<?([^)\s>]+)/g)) refuseImage(target, line, place)
    }
  }
}

function refuseImage(target: string, line: number, { root, path, file }: Place): void {
  if (/^(?:[a-z][\w+.-]*:)?\/\//i.test(target) || /^(?:data|https?):/i.test(target)) return
  if (/[?#]/.test(target)) refuse(file, line, `the image \`${target}\` has a query: name the file alone`)
  if (target.startsWith('/')) return
  const from = relative(root, resolve(dirname(path), decodeURIComponent(target)))
  if (from.startsWith('..') || /^(?:[\\/]|[a-z]:)/i.test(from)) {
    refuse(file, line, `the image \`${target}\` is outside of the project`)
  }
  if (!existsSync(join(root, from))) refuse(file, line, `the image \`${target}\` is not there`)
}

/** Ties each step, output and dialog of the model to its token. */
function attachSteps(state: CoreState, page: PageView, above: number, options: MarkdownPluginOptions): void {
  const { runbook } = page
  const context: StepContext = {
    runbook,
    namesAt: namesOf(runbook),
    values: {
      defaults: new Map(
        runbook.variables.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
      ),
      secrets: new Set(runbook.variables.filter(({ secret }) => secret).map(({ name }) => name)),
    },
    highlight: options.highlight,
    words: words[options.lang],
    lang: options.lang,
  }
  const fences = new Map(
    state.tokens.flatMap((token) => (token.type === 'fence' && token.map ? [[token.map[0] + above + 1, token]] : [])),
  )
  const take = (fence: Fence, what: string): Token => {
    const { line } = fence.span.start
    const token = fences.get(line)
    if (!token) refuse(runbook.file, line, `parser drift: VitePress sees no fence where the ${what} begins`)
    if (token.content.replace(/\n$/, '') !== fence.text.replaceAll('\u0000', '\uFFFD')) {
      refuse(runbook.file, line, `parser drift: VitePress reads other text in the ${what}`)
    }
    fences.delete(line)
    return token
  }
  const hidden = new Set<Fence>()
  for (const view of page.steps) {
    const { step } = view
    if (step.kind === 'manual') continue
    const token = take(step.fence, `step \`${step.id}\``)
    token.info = `bash${step.variant === undefined ? '' : ` [${step.variant.label.replace(/[\][]/g, '')}]`}`
    token.meta = { rb: 'step', view, context } satisfies Meta
    const output = expectedOf(step)?.fence
    if (output) hidden.add(output)
  }
  for (const fence of hidden) hide(take(fence, 'output'))
  hideDialogs(fences, page)
  refuseUnread(fences, runbook.file)
  manualItems(state, page.steps, above, context)
}

/** A dialog is drawn in its step; its fence is known by the lines of its turns. */
function hideDialogs(fences: Map<number, Token>, { runbook }: PageView): void {
  for (const turn of runbook.steps.flatMap(dialogOf)) {
    const { line } = turn.span.start
    const found = [...fences].find(([start, token]) => start < line && line <= start + token.content.split('\n').length)
    if (!found) continue
    const [start, token] = found
    if (!/^\s*dialog\b/i.test(token.info)) refuse(runbook.file, line, 'parser drift: VitePress sees no dialog here')
    fences.delete(start)
    hide(token)
  }
}

function dialogOf(step: Step) {
  return step.kind === 'shell' || step.kind === 'console' ? step.dialog : []
}

/** A fence that reads like a step and is none for our parser must not look like prose. */
function refuseUnread(fences: ReadonlyMap<number, Token>, file: string): void {
  for (const [line, { info }] of fences) {
    const isShell = /^\s*(?:bash|sh|shell|zsh|console|shellsession|shell-session)(?=[\s{[:,]|$)/i.test(info)
    if (isShell && !/\{[^}]*\bexample\b/.test(info)) {
      refuse(file, line, 'parser drift: VitePress sees a shell block that is no step')
    }
  }
}

function hide(token: Token): void {
  token.type = 'rb_hidden'
  token.tag = ''
}

/** Puts the page's head below its title, the list of pages at the end, and the page's element around. */
function frame(state: CoreState, page: PageView | undefined, file: string, options: MarkdownPluginOptions): void {
  const html = (text: string): Token => {
    const token = new state.Token('rb_html', '', 0)
    token.meta = { rb: 'html', html: text } satisfies Meta
    token.block = true
    return token
  }
  const { env } = state
  const title = titleTokens(state, page?.runbook.title, env.frontmatter)
  const tokens = [...title, ...state.tokens]
  if (env.search !== true) {
    if (page?.isRunbook === true) {
      const context = { words: words[options.lang], lang: options.lang, titleOf: (link: string) => titleOf(page, link, options) }
      const at = tokens.findIndex(({ type, tag }) => type === 'heading_close' && tag === 'h1') + 1
      tokens.splice(at, 0, html(renderPageHead(page, context)))
    }
    const index = env.path === undefined ? undefined : options.renderIndex(env.path)
    if (index !== undefined) tokens.push(html(index))
    const name = page?.isRunbook === true ? ` data-runbook-page="${escapeHtml(file)}"` : ''
    tokens.unshift(html(`<div class="rb-page"${name}>\n`))
    tokens.push(html('</div>\n'))
  }
  state.tokens = tokens
}

function titleOf(page: PageView, link: string, { root, readPage }: MarkdownPluginOptions): string | undefined {
  const path = resolve(dirname(page.path), link.replace(/#.*$/, ''))
  if (relative(root, path).startsWith('..') || !existsSync(path)) return undefined
  return readPage(path)?.runbook.title
}

/** In development a new record draws the page anew. */
function watchRecords(env: PageEnv, path: string): void {
  const folder = recordsFolder(path)
  if (!existsSync(folder)) return
  env.includes?.push(...readdirSync(folder).map((name) => join(folder, name)))
}

/** Every text of a step that a reader can copy, for tests and for search. */
export function copiedTexts(step: Step): readonly string[] {
  if (step.kind === 'file') return [step.content]
  if (step.kind === 'patch') return [step.patch]
  return commandsOf(step).map(({ text }) => text)
}
