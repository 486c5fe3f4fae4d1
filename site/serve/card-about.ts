/** What a question is about: host, user, commands or file diff, values, and what may be lost. */

import { forecastSentence } from '../../src/report/about-lines.ts'
import type { StepAbout, StepWork } from '../../src/run/step-about.ts'
import { diffView } from './diff-view.ts'
import { element } from './elements.ts'
import { pageLang, type RunWords } from './words.ts'

export function aboutParts(about: StepAbout, words: RunWords): readonly HTMLElement[] {
  const { place, step, title, user, host, danger, values, work } = about
  const name = title === undefined ? step : `${step} · ${title}`
  return [
    element('p', { class: 'rb-about' }, `${name} · ${words.as(user, host)} · ${place}`),
    ...(danger === undefined ? [] : [element('p', { class: 'rb-danger' }, danger)]),
    ...workParts(work),
    ...(values.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'rb-card-values' },
            ...values.map(({ name: key, value }) =>
              element('code', {}, `${key}=${value ?? '***'}`),
            ),
          ),
        ]),
  ]
}

function workParts(work: StepWork): readonly HTMLElement[] {
  switch (work.kind) {
    case 'commands':
      return [code(work.commands.join('\n'))]
    case 'script':
      return [element('p', {}, element('code', {}, work.run)), code(work.text)]
    case 'file':
    case 'patch': {
      const { forecast } = work
      const sentence = forecast && forecastSentence(forecast, pageLang())
      const diff = forecast?.kind === 'changes' ? forecast.diff : undefined
      return [
        element('p', {}, element('code', {}, work.path), sentence ? ` ${sentence}` : ''),
        diff === undefined ? code(work.text) : diffView(diff),
      ]
    }
    case 'manual':
      return [element('p', {}, work.text)]
    default:
      return work satisfies never
  }
}

function code(text: string): HTMLElement {
  return element('pre', { tabindex: '0' }, element('code', {}, text))
}
