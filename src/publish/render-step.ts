/** One step as static HTML. Its attributes are a contract; the theme decides the looks. */

import type { Runbook } from '../model/runbook.ts'
import { type Command, commandsOf, type DialogTurn, type Step } from '../model/step.ts'
import { escapeCommand, escapeHtml } from './escape-html.ts'
import type { Highlight } from './highlight.ts'
import type { NamesAt } from './page-values.ts'
import { renderChips } from './render-chips.ts'
import { type CodeValues, renderCode } from './render-code.ts'
import { renderBadge, renderFacts, renderStepOutputs, StepOutputs } from './render-records.ts'
import type { StepView } from './step-view.ts'
import {
  findAnswerUses,
  findExpandUses,
  findVariableUses,
  type VariableUse,
} from './variable-uses.ts'
import type { SiteLang, Words } from './words.ts'

/** Values shared by all steps of a page. */
export interface StepContext {
  readonly runbook: Runbook
  readonly namesAt: NamesAt
  readonly values: CodeValues
  readonly highlight: Highlight
  readonly words: Words
  readonly lang: SiteLang
}

/** @param isShown - Whether its tab is open; `undefined` outside a group. */
export function renderStep(view: StepView, context: StepContext, isShown?: boolean): string {
  const { step, number } = view
  const { words } = context
  const classes = ['rb-step', ...(isShown === true ? ['active'] : []), `rb-${step.kind}`]
  const label = `${words.step(number)}: ${step.id}`
  const body = renderBody(view, context)
  const attributes = stepAttributes(view, context).map(
    ([name, value]) => ` ${name}="${escapeHtml(value)}"`,
  )
  return (
    `<article class="${classes.join(' ')}"${attributes.join('')} aria-label="${escapeHtml(label)}" v-pre>` +
    renderHeader(view, context) +
    renderDanger(step, words) +
    renderChips(step, context.runbook, words, context.lang) +
    `<div class="rb-body">${body}</div>` +
    renderDefaultsNote(view, body, words) +
    renderOnError(step, words) +
    renderFacts(view, words) +
    `</article>\n`
  )
}

/** The step element's attributes, unescaped. */
export function stepAttributes(
  { step, ownsId, state }: StepView,
  { runbook }: Pick<StepContext, 'runbook'>,
): readonly (readonly [string, string])[] {
  const role = step.kind === 'manual' ? undefined : (step.role ?? runbook.roles[0]?.name)
  const isLocal = runbook.roles.some(({ name, host }) => name === role && host === 'local')
  const attributes: readonly (readonly [string, string | undefined])[] = [
    ['id', ownsId ? step.id : undefined],
    ['data-runbook-step', step.id],
    ['data-runbook-state', state],
    ['data-runbook-role', role],
    ['data-runbook-user', step.user],
    ['data-runbook-variant', step.variant?.label],
    ['data-local', isLocal ? '' : undefined],
  ]
  return attributes.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
}

function renderHeader(view: StepView, { words }: StepContext): string {
  const { step, number } = view
  const title = step.attributes['title']
  const anchor = escapeHtml(encodeURIComponent(step.id))
  return (
    `<header class="rb-head"><a class="rb-number" href="#${anchor}">${escapeHtml(words.step(number))}</a>` +
    (title === undefined ? '' : `<span class="rb-title">${escapeHtml(title)}</span>`) +
    `<code class="rb-id">${escapeHtml(step.id)}</code>` +
    (step.variant === undefined
      ? ''
      : `<span class="rb-label">${escapeHtml(step.variant.label)}</span>`) +
    renderBadge(view, words) +
    (commandsOf(step).length > 1
      ? `<button type="button" class="rb-copy" data-runbook-copy-step="" aria-label="${escapeHtml(words.copyAllOf(step.id))}"><span>${escapeHtml(words.copyAll)}</span></button>`
      : '') +
    `</header>`
  )
}

function renderDanger({ danger }: Step, words: Words): string {
  if (danger === undefined) return ''
  return `<p class="rb-danger"><b>${escapeHtml(words.danger)}</b> ${escapeHtml(danger)}</p>`
}

/** Shown once a reader's value is in a command, because the outputs are for the default. */
function renderDefaultsNote({ platforms }: StepView, body: string, words: Words): string {
  if (platforms.length === 0 || !body.includes('class="rb-var"')) return ''
  return `<p class="rb-aside rb-defaults">${escapeHtml(words.defaultsNote)}</p>`
}

function renderOnError({ onError }: Step, words: Words): string {
  if (onError.length === 0) return ''
  const items = onError.map(({ pattern, target }) => {
    const href = target.replace(/\.md(?=#|$)/, '').replace(/^(?![#./])/, './')
    return `<li><code>/${escapeHtml(pattern)}/</code> → <a href="${escapeHtml(href)}">${escapeHtml(target)}</a></li>`
  })
  return `<div class="rb-on-error"><b>${escapeHtml(words.onError)}</b><ul>${items.join('')}</ul></div>`
}

function renderBody(view: StepView, context: StepContext): string {
  const { step } = view
  const { words, namesAt } = context
  switch (step.kind) {
    case 'shell':
    case 'console': {
      const outputs = new StepOutputs(view, words)
      const commands = step.commands.map(
        (command, index) =>
          renderNotes(step, index) +
          renderCommand(step, command, index, context) +
          renderDialog(command.dialog, step, context) +
          outputs.ofCommand(index, command.expects),
      )
      return (
        commands.join('') +
        renderDialog(step.dialog, step, context) +
        renderStepOutputs(outputs, step)
      )
    }
    case 'script': {
      const uses = step.expand ? findExpandUses(step.text, namesAt(step)) : []
      const outputs = new StepOutputs(view, words)
      const lead = `<p class="rb-lead">${escapeHtml(words.stdinOf)} <code>${escapeCommand(step.run)}</code></p>`
      const label = words.copyCommand(1, brief(step.text))
      const command = renderCopied(
        step.text,
        uses,
        { language: step.language, label, attribute: 'data-runbook-command="0"' },
        context,
      )
      return lead + command + outputs.ofCommand(0, undefined) + renderStepOutputs(outputs, step)
    }
    case 'file': {
      const uses = step.expand ? findExpandUses(step.content, namesAt(step)) : []
      const verb = step.edit === undefined ? words.writesFile : words.editsFile[step.edit]
      return renderFileBody(step, verb, step.content, uses, context)
    }
    case 'patch':
      return renderFileBody(step, words.patchesFile, step.patch, [], context)
    case 'manual':
      return ''
    default:
      return step satisfies never
  }
}

function renderFileBody(
  step: Step & { readonly kind: 'file' | 'patch' },
  verb: string,
  text: string,
  uses: readonly VariableUse[],
  context: StepContext,
): string {
  const { words } = context
  const path = escapeHtml(step.path)
  const mode =
    step.kind === 'file' && step.mode !== undefined
      ? ` <span class="rb-mode">${escapeHtml(words.mode)} <code>${escapeHtml(step.mode)}</code></span>`
      : ''
  const attribute = `data-runbook-file="${path}"`
  const label = step.kind === 'patch' ? words.copyPatch(step.path) : words.copyFile(step.path)
  return (
    `<p class="rb-lead">${escapeHtml(verb)} <code>${path}</code>${mode}</p>` +
    renderCopied(
      text,
      uses,
      { language: step.kind === 'patch' ? 'diff' : step.language, label, attribute },
      context,
    )
  )
}

function renderCommand(
  step: Step & { readonly kind: 'shell' | 'console' },
  command: Command,
  index: number,
  context: StepContext,
): string {
  const uses = findVariableUses(command.text, context.namesAt(command))
  const prompt = isRoot(step, context.runbook) ? '#' : '$'
  const attribute = `data-runbook-command="${index}" data-prompt="${prompt}"`
  const label = context.words.copyCommand(index + 1, brief(command.text))
  return renderCopied(command.text, uses, { language: 'bash', label, attribute }, context)
}

/** Whether the step runs as root: by its own user, else by a condition on the login user. */
function isRoot({ user, role, needs }: Step, runbook: Runbook): boolean {
  if (user !== undefined) return user === 'root'
  const isFirstRole = role === undefined || role === runbook.roles[0]?.name
  return [...needs, ...(isFirstRole ? runbook.needs : [])].some(
    ({ question, negated }) => question.kind === 'user' && question.user === 'root' && !negated,
  )
}

interface Copied {
  readonly language: string
  /** The button's label for screen readers. */
  readonly label: string
  /** The attribute of the element that contains the text and its button. */
  readonly attribute: string
}

function renderCopied(
  text: string,
  uses: readonly VariableUse[],
  { language, label, attribute }: Copied,
  { values, highlight, words }: StepContext,
): string {
  const code = renderCode(text, uses, values, highlight(text, language))
  return (
    `<div class="rb-command" ${attribute}><pre class="rb-code"><code>${code}</code></pre>` +
    `<button type="button" class="rb-copy" data-runbook-copy="" aria-label="${escapeHtml(label)}">` +
    `<span>${escapeHtml(words.copy)}</span></button></div>`
  )
}

function renderDialog(turns: readonly DialogTurn[], step: Step, context: StepContext): string {
  if (turns.length === 0) return ''
  const { words, values, namesAt } = context
  const items = turns.map(({ prompt, answer }) => {
    const uses = findAnswerUses(answer, namesAt(step))
    const code = renderCode(answer, uses, values, [{ text: answer, style: '' }])
    return (
      `<li class="rb-turn"><code class="rb-prompt">${escapeCommand(prompt)}</code>` +
      `<code class="rb-answer">${code}</code>` +
      `<button type="button" class="rb-copy" data-runbook-copy-answer="" aria-label="${escapeHtml(words.copyAnswer(answer))}">` +
      `<span>${escapeHtml(words.copy)}</span></button></li>`
    )
  })
  return `<div class="rb-dialog"><b>${escapeHtml(words.dialog)}</b><ol>${items.join('')}</ol></div>`
}

/** The comments before a command. */
function renderNotes(step: Step & { readonly kind: 'shell' | 'console' }, index: number): string {
  if (step.kind !== 'shell') return ''
  const { fence, commands } = step
  const from = index === 0 ? 0 : (commands[index - 1]?.span.end.line ?? 0)
  const to = commands[index]?.span.start.line ?? 0
  const lines = fence.text.split('\n')
  return lines
    .filter((line, at) => {
      const place = fence.lineStarts[at]?.line ?? 0
      return place > from && place < to && line.trim().startsWith('#')
    })
    .map((line) => `<p class="rb-note">${escapeCommand(line.trim())}</p>`)
    .join('')
}

function brief(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return line.length > 60 || line.length < text.length ? `${line.slice(0, 60)}…` : line
}
