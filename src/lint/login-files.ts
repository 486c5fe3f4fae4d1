/** `source ~/.bashrc`: such a file returns at once where the shell is not interactive. */

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
      `\`${file.text}\` does nothing here: it returns where the shell is not interactive`,
      'set what is needed in the block itself (`export PATH=…`), or read the file that sets it (`. ~/.profile`, `. ~/.nvm/nvm.sh`)',
    )
  }
}
