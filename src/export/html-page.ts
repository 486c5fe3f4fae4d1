/**
 * A page as one HTML file: with styles, without scripts and external resources. Drops raw HTML;
 * links and images lead only where the caller allows it.
 */

import type { Element, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { Blockquote, Code, Heading, Html } from 'mdast'
import { type Handlers, toHast } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import { type Lang, languageTags } from '../model/message.ts'
import type { Fence } from '../model/fence.ts'
import { declaredNames } from '../model/runbook.ts'
import type { Span } from '../model/span.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { wholeParser } from '../parse/markdown.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'
import { quoteContainers } from './containers.ts'
import { boxed, element } from './html-boxes.ts'
import { HtmlIds } from './html-ids.ts'
import { htmlStyle } from './html-style.ts'
import { messages } from './messages.ts'
import { plainExpected } from './plain-expected.ts'
import { pageNotes, stepNames, stepNotes } from './step-notes.ts'

export interface HtmlOptions {
  readonly lang: Lang
  /** Recorded output with its caption. */
  readonly printed: ReadonlyMap<Fence, { readonly text: string; readonly caption: string }>
  /** For a transcript's commands, by the span of the expectation. */
  readonly printedAt: ReadonlyMap<Span, string>
  readonly isSafeLink: (target: string) => boolean
  /** The picture as a `data:` address; `undefined`: not shown. */
  readonly imageData: (target: string) => string | undefined
}

export function htmlPage(page: ParsedPage, options: HtmlOptions): string {
  const { runbook } = page
  const { lang } = options
  const ids = new HtmlIds(page)
  const handlers = handlersFor(page, options, ids)
  const tree = toHast(wholeParser.parse(withQuotes(page)), { handlers })
  const body: Root = tree.type === 'root' ? tree : { type: 'root', children: [] }
  visit(body, 'element', (found) => {
    judge(found, options)
    ids.lead(found)
  })
  const hasTitle = body.children.some((each) => each.type === 'element' && each.tagName === 'h1')
  const title = element('h1', {}, [{ type: 'text', value: runbook.title }])
  const content = body.children.filter((each) => each.type !== 'doctype')
  const notes = pageNotes(runbook, lang).map((note) =>
    element('li', {}, [{ type: 'text', value: note }]),
  )
  const said = notes.length === 0 ? [] : [element('ul', { className: ['about'] }, notes)]
  const titled = hasTitle ? content : [title, ...content]
  const at = titled.findIndex((each) => each.type === 'element' && each.tagName === 'h1') + 1
  const main = element('main', {}, [...titled.slice(0, at), ...said, ...titled.slice(at)])
  const head = element('head', {}, [
    element('meta', { charSet: 'utf-8' }, []),
    element('meta', { name: 'viewport', content: 'width=device-width' }, []),
    element('meta', { httpEquiv: ['Content-Security-Policy'], content: policy }, []),
    element('title', {}, [{ type: 'text', value: runbook.title }]),
    element('style', {}, [{ type: 'text', value: htmlStyle }]),
  ])
  const html = element('html', { lang: languageTags[lang] }, [head, element('body', {}, [main])])
  return `${toHtml({ type: 'root', children: [{ type: 'doctype' }, html] })}\n`
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** A page whose containers are quotes, at the same lines. */
function withQuotes({ source, blocks }: ParsedPage): string {
  const spans = blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence.span] : []))
  const isFenced = (line: number) =>
    spans.some(({ start, end }) => start.line <= line && line <= end.line)
  return quoteContainers(source.text, isFenced, (kind, title) => [`[!${kind}] ${title}`])
}

/** Draws our fences with their attributes; other blocks as Markdown does. */
function handlersFor(page: ParsedPage, options: HtmlOptions, ids: HtmlIds): Handlers {
  const { blocks, runbook } = page
  const { lang } = options
  const names = declaredNames(runbook)
  const fences = new Map(
    blocks.flatMap((block) =>
      block.kind === 'fence' ? [[block.fence.span.start.line, block.fence] as const] : [],
    ),
  )
  const steps = new Map<number, Step>(runbook.steps.map((step) => [step.span.start.line, step]))
  const expected = new Map(
    runbook.steps.flatMap((step) => {
      const own = expectedOf(step)
      return own?.fence ? [[own.fence, own] as const] : []
    }),
  )
  return {
    code: (_state, node: Code) => {
      const line = node.position?.start.line ?? 0
      const fence = fences.get(line)
      const step = steps.get(line)
      if (step) {
        const text = transcript(step, options.printedAt, names) ?? node.value
        const caption = [step.id, ...stepNames(step), ...stepNotes(runbook, step, lang)]
        return figure(caption, text, 'step', ids.unique(step.id))
      }
      const printed = fence && options.printed.get(fence)
      if (printed) return figure([printed.caption], printed.text, 'output')
      const own = fence && expected.get(fence)
      if (own) {
        const { text, varies } = plainExpected(own, names)
        return figure([messages[varies ? 'expectedVaries' : 'expected'][lang]], text, 'output')
      }
      if (fence?.language === 'dialog') return figure([messages.typed[lang]], node.value, 'output')
      return element('pre', {}, [{ type: 'text', value: node.value }])
    },
    blockquote: (state, node: Blockquote) =>
      boxed(node, (nodes) => state.all({ ...node, children: nodes }), lang) ??
      element('blockquote', {}, state.wrap(state.all(node), true)),
    // Other HTML is dropped.
    html: (_state, node: Html) => {
      const [, id] =
        /^\s*<a\s+(?:id|name)\s?=\s?["']([^"'<>&\s]{1,200})["']/i.exec(node.value) ?? []
      return id === undefined ? undefined : element('span', { id: ids.unique(id) }, [])
    },
    heading: (state, node: Heading) => {
      const { id, children } = ids.heading(node)
      const name = `h${node.depth}`
      return element(name, id === undefined ? {} : { id }, state.all({ ...node, children }))
    },
  }
}

/** A transcript with its recorded output, or what is expected; `undefined`: as it is written. */
function transcript(
  step: Step,
  printedAt: HtmlOptions['printedAt'],
  names: ReadonlySet<string>,
): string | undefined {
  if (step.kind !== 'console') return undefined
  if (!step.commands.some(({ expects }) => expects && expects.typed === undefined)) return undefined
  const lines = step.commands.flatMap(({ text, expects }) => {
    const plain = expects?.typed === undefined
    const printed =
      expects &&
      (printedAt.get(expects.span) ?? (plain ? plainExpected(expects, names).text : expects.text))
    return [`$ ${text}`, ...(printed === undefined || printed === '' ? [] : [printed])]
  })
  return lines.join('\n')
}

function figure(caption: readonly string[], text: string, kind: string, id?: string): Element {
  const words = caption.map((each) => element('span', {}, [{ type: 'text', value: each }]))
  return element('figure', { className: [kind], ...(id === undefined ? {} : { id }) }, [
    element('figcaption', {}, words),
    element('pre', {}, [{ type: 'text', value: text }]),
  ])
}

function judge(found: Element, { isSafeLink, imageData }: HtmlOptions): void {
  const { href, src, alt } = found.properties
  if (typeof href === 'string' && !isSafeLink(href)) delete found.properties['href']
  if (found.tagName !== 'img') return
  const data = typeof src === 'string' ? imageData(src) : undefined
  if (data !== undefined) {
    found.properties['src'] = data
    return
  }
  found.tagName = 'span'
  found.properties = {}
  found.children = [{ type: 'text', value: typeof alt === 'string' ? alt : '' }]
}
