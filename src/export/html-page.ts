/**
 * A page as one HTML file: with styles, without scripts and external resources. Drops raw HTML;
 * links and images lead only where the caller allows it.
 */

import type { Element, ElementContent, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { Code } from 'mdast'
import { type Handlers, toHast } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import { checkSentence } from '../check/check-sentence.ts'
import { type Lang, languageTags } from '../model/message.ts'
import type { Fence } from '../model/fence.ts'
import type { Span } from '../model/span.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { givenTitle } from '../model/step-title.ts'
import { wholeParser } from '../parse/markdown.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'
import { htmlStyle } from './html-style.ts'
import { messages } from './messages.ts'

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
  const { source, runbook } = page
  const { lang } = options
  const tree = toHast(wholeParser.parse(source.text), { handlers: handlersFor(page, options) })
  const body: Root = tree.type === 'root' ? tree : { type: 'root', children: [] }
  visit(body, 'element', (found) => judge(found, options))
  const hasTitle = body.children.some((each) => each.type === 'element' && each.tagName === 'h1')
  const title = element('h1', {}, [{ type: 'text', value: runbook.title }])
  const content = body.children.filter((each) => each.type !== 'doctype')
  const main = element('main', {}, hasTitle ? content : [title, ...content])
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

function element(
  tagName: string,
  properties: Element['properties'],
  children: readonly ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children: [...children] }
}

/** Draws our fences with their attributes; other blocks as Markdown does. */
function handlersFor({ source, blocks, runbook }: ParsedPage, options: HtmlOptions): Handlers {
  const fences = new Map(
    blocks.flatMap((block) =>
      block.kind === 'fence' ? [[block.fence.span.start.line, block.fence] as const] : [],
    ),
  )
  const steps = new Map<number, Step>(runbook.steps.map((step) => [step.span.start.line, step]))
  const expected = new Set(runbook.steps.map((step) => expectedOf(step)?.fence))
  return {
    code: (_state, node: Code) => {
      const line = node.position?.start.line ?? 0
      const fence = fences.get(line)
      const step = steps.get(line)
      if (step) {
        const text = transcript(step, options.printedAt) ?? node.value
        return figure(stepCaption(step, options.lang), text, 'step', step.id)
      }
      const printed = fence && options.printed.get(fence)
      if (printed) return figure([printed.caption], printed.text, 'output')
      if (fence && expected.has(fence))
        return figure([messages.expected[options.lang]], node.value, 'output')
      if (fence?.language === 'dialog')
        return figure([messages.typed[options.lang]], node.value, 'output')
      return element('pre', {}, [{ type: 'text', value: node.value }])
    },
    // The lines that open and close a container of the site.
    paragraph: (state, node) => {
      const start = node.position?.start.offset ?? 0
      const text = source.text.slice(start, node.position?.end.offset ?? start)
      if (/^:::[^\n]*$/.test(text.trim())) return undefined
      return element('p', {}, state.all(node))
    },
  }
}

/** A transcript with its recorded output; `undefined` if none was recorded. */
function transcript(step: Step, printedAt: HtmlOptions['printedAt']): string | undefined {
  if (step.kind !== 'console') return undefined
  if (!step.commands.some(({ expects }) => expects && printedAt.has(expects.span))) return undefined
  const lines = step.commands.flatMap(({ text, expects }) => {
    const printed = expects && (printedAt.get(expects.span) ?? expects.text)
    return [`$ ${text}`, ...(printed === undefined || printed === '' ? [] : [printed])]
  })
  return lines.join('\n')
}

function stepCaption(step: Step, lang: Lang): readonly string[] {
  const { needs, when, unless, ensures, user, variant, role } = step
  const title = givenTitle(step)
  return [
    step.id,
    ...(title === undefined ? [] : [title]),
    ...(variant ? [variant.label] : []),
    ...(role === undefined ? [] : [role]),
    ...(user === undefined ? [] : [messages.asUser(user)[lang]]),
    ...('path' in step ? [step.path] : []),
    ...('run' in step ? [step.run] : []),
    ...new Set(
      [...needs, ...when, ...unless, ...ensures].map((check) => checkSentence(check, lang)),
    ),
  ]
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
