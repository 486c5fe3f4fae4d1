import { commandsOf, expectedOf } from '../model/step.ts'
import { renderScreen } from '../match/render-screen.ts'
import { escapeHtml } from './escape-html.ts'
import type { StepView } from './step-view.ts'

const maxOutput = 2000

/** The text of a step for the search index, without the site's own words, such as button labels. */
export function renderSearchText({ step, platforms }: StepView): string {
  const texts = [
    step.id,
    step.attributes['title'],
    step.variant?.label,
    step.danger,
    ...(step.kind === 'file' ? [step.path, step.content] : []),
    ...(step.kind === 'patch' ? [step.path, step.patch] : []),
    ...(step.kind === 'script' ? [step.run] : []),
    ...commandsOf(step).map(({ text }) => text),
    expectedOf(step)?.text,
    ...(platforms[0]?.step.commands ?? []).map(({ output }) =>
      renderScreen(output.slice(0, maxOutput)),
    ),
  ]
  const text = texts.filter((part) => part !== undefined && part !== '').join('\n')
  return `<p>${escapeHtml(text)}</p>\n`
}
