import { Command } from '@commander-js/extra-typings'
import { chooseLang, langOption } from '../lang.ts'
import { say } from '../output.ts'
import { findProject } from '../project.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { openDatabase } from './database.ts'
import { messages } from './messages.ts'
import { findStored } from './mirror-run.ts'

export const cancel = new Command('cancel')
  .summary('stop a run of the workers')
  .description(
    'Stops the running step of each host, as Ctrl-C does; clean-up steps still run. `resume` continues the run.',
  )
  .argument('<run>', 'an id or its prefix')
  .addOption(langOption)
  .action(async (text, { lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, project })
    const store = await openDatabase(project, {
      prompt: terminalPrompt({ lang, noInput: false }),
      lang,
    })
    try {
      const { run } = await findStored(store, text)
      await store.cancel(run)
      say(`${messages.cancelled(run)[lang]}\n`)
    } finally {
      await store.close()
    }
  })
