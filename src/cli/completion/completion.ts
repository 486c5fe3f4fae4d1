import { Argument, Command } from '@commander-js/extra-typings'
import { type CompletionShell, renderCompletion } from './render-completion.ts'
import { shapeOf } from './command-shape.ts'
import { print } from '../output.ts'

const shells = ['bash', 'zsh', 'fish'] as const satisfies readonly CompletionShell[]

export const completion = new Command('completion')
  .summary('completion for a shell')
  .description(
    'Prints a completion script: `source <(runbook completion bash)`, or put it where your shell looks for one.',
  )
  .addArgument(new Argument('<shell>', 'the shell that reads it').choices(shells))
  .action((shell, _options, command) => {
    const program = command.parent
    if (!program) throw new Error('unreachable: completion is a command of the program')
    print(renderCompletion(shell, shapeOf(program)))
  })
