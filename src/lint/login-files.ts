/**
 * Reports `source ~/.bashrc`: in a shell that is not interactive, the file returns at once.
 *
 * Source: the first lines of Debian's `/etc/skel/.bashrc`.
 */

import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'

const interactiveOnly = /(?:^|\/)\.bashrc$|^\/etc\/(?:bash\.)?bashrc$/

export const loginFiles: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (simple.name.value !== 'source' && simple.name.value !== '.') continue
    const [file] = simple.args
    if (!file || !interactiveOnly.test(file.value)) continue
    report.add(
      'RB0816',
      lint.span({ start: simple.name.start, end: file.end }),
      messages.commandDoes(file.text, messages.interactiveFile),
      messages.setItInBlock,
    )
  }
}
