/** Reports commands that keep running after their step: their output would be lost. */

import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'

export const leftRunning: Rule = (page, report) => {
  const all = [...simpleCommands(page)]
  for (const { lint, simple } of all) {
    if (!simple.isBackground || simple.isPiped || lint.step.background) continue
    const isRedirected = simple.redirects.some(({ operator }) => operator.includes('>'))
    const isAwaited = all.some(
      (each) => each.lint.step === lint.step && each.simple.name.value === 'wait',
    )
    if (isRedirected || isAwaited) continue
    const span = lint.span(simple.name)
    const shown = simple.name.text
    report.add(
      'RB0817',
      span,
      messages.commandDoes(shown, messages.leftRunning),
      messages.backgroundOrRedirect,
    )
  }
}
