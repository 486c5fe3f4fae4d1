/**
 * Every command, loaded when it is called: what a run needs is not read for a list.
 */

import type { CommandUnknownOpts } from '@commander-js/extra-typings'

type Load = () => Promise<CommandUnknownOpts>

/** In the order of `--help`. */
export const commands: Readonly<Record<string, Load>> = {
  list: async () => (await import('./commands/list.ts')).list,
  lint: async () => (await import('./commands/lint.ts')).lint,
  plan: async () => (await import('./commands/plan.ts')).plan,
  exec: async () => (await import('./commands/exec.ts')).exec,
  sync: async () => (await import('./commands/sync.ts')).sync,
  status: async () => (await import('./commands/status.ts')).status,
  resume: async () => (await import('./commands/resume.ts')).resume,
  undo: async () => (await import('./commands/undo.ts')).undo,
  runs: async () => (await import('./commands/runs.ts')).runs,
  show: async () => (await import('./commands/show.ts')).show,
  report: async () => (await import('./commands/show.ts')).report,
  host: async () => (await import('./commands/host.ts')).host,
  explain: async () => (await import('./commands/explain.ts')).explain,
  site: async () => (await import('./commands/site.ts')).site,
  trust: async () => (await import('./commands/trust.ts')).trust,
  completion: async () => (await import('./commands/completion.ts')).completion,
}

/**
 * The commands that a command line needs: its own, or all of them where it asks about commands.
 *
 * @param words - What stands after the program's name.
 */
export async function commandsFor(
  words: readonly string[],
): Promise<readonly CommandUnknownOpts[]> {
  const [first = ''] = words
  if (first === '--version') return []
  const isKnown = Object.hasOwn(commands, first) && first !== 'completion'
  const names = isKnown ? [first] : Object.keys(commands)
  return Promise.all(names.map((name) => commands[name]).flatMap((load) => (load ? [load()] : [])))
}
