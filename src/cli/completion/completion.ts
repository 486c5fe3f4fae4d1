import { resolve } from 'node:path'
import { Argument, Command } from '@commander-js/extra-typings'
import { type CompletionShell, renderCompletion } from './render-completion.ts'
import { shapeOf } from './command-shape.ts'
import { quotedPath } from '../called-as.ts'
import { print } from '../output.ts'

const shells = ['bash', 'zsh', 'fish'] as const satisfies readonly CompletionShell[]

export const completion = new Command('completion')
  .summary('shell completion script')
  .description(
    'Prints a completion script: `source <(runbook completion bash)`, or save it in the completion folder of your shell.',
  )
  .addArgument(new Argument('<shell>', 'the shell to generate it for').choices(shells))
  .action((shell, _options, command) => {
    const program = command.parent
    if (!program) throw new Error('unreachable: completion is a command of the program')
    print(renderCompletion(shell, shapeOf(program), ownProgram()))
  })

/** With whole paths: a shell completes in any folder. */
function ownProgram(): string {
  return [process.execPath, resolve(process.argv[1] ?? '')].map(quotedPath).join(' ')
}
