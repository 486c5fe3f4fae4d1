import { Argument, Command } from '@commander-js/extra-typings'
import { print } from '../output.ts'
import { knownWords, wordSources } from './known-words.ts'

/** What completion scripts call: no person types it, and so it is in no list of commands. */
export const completeWords = new Command('__complete')
  .addArgument(new Argument('<source>').choices(wordSources))
  .argument('[current]')
  .argument('[line...]')
  .allowUnknownOption()
  .helpOption(false)
  .action((source, current = '', line) => {
    print(
      knownWords(source, current, line)
        .map((word) => `${word}\n`)
        .join(''),
    )
  })
