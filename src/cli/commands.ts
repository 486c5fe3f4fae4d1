/** Every command, loaded on demand, so that `list` does not load what `exec` needs. */

import type { CommandUnknownOpts } from '@commander-js/extra-typings'

type Load = () => Promise<CommandUnknownOpts>

/** In the order of `--help`. */
export const commands: Readonly<Record<string, Load>> = {
  init: async () => (await import('./init/init.ts')).init,
  list: async () => (await import('./page/list.ts')).list,
  lint: async () => (await import('./page/lint.ts')).lint,
  import: async () => (await import('./page/import.ts')).importCommand,
  plan: async () => (await import('./plan/plan.ts')).plan,
  exec: async () => (await import('./run/exec.ts')).exec,
  sync: async () => (await import('./page/sync.ts')).sync,
  status: async () => (await import('./page/status.ts')).status,
  record: async () => (await import('./record/record.ts')).record,
  export: async () => (await import('./export/export.ts')).exportPage,
  resume: async () => (await import('./run/resume.ts')).resume,
  undo: async () => (await import('./undo/undo.ts')).undo,
  runs: async () => (await import('./runs/runs.ts')).runs,
  show: async () => (await import('./runs/show.ts')).show,
  report: async () => (await import('./runs/show.ts')).report,
  host: async () => (await import('./host/host.ts')).host,
  explain: async () => (await import('./page/explain.ts')).explain,
  site: async () => (await import('./site/site.ts')).site,
  serve: async () => (await import('./serve/serve.ts')).serve,
  worker: async () => (await import('./fleet/worker.ts')).worker,
  fleet: async () => (await import('./fleet/fleet.ts')).fleet,
  cancel: async () => (await import('./fleet/cancel.ts')).cancel,
  trust: async () => (await import('./trust/trust.ts')).trust,
  completion: async () => (await import('./completion/completion.ts')).completion,
}

/**
 * The commands that a command line needs: the one it names, or all of them for a question about
 * commands.
 *
 * @param words - The arguments after the program's name.
 */
export async function commandsFor(
  words: readonly string[],
): Promise<readonly CommandUnknownOpts[]> {
  const [first = ''] = words
  if (first === '--version') return []
  if (first === '__complete')
    return [(await import('./completion/complete-words.ts')).completeWords]
  // `explain --record` is about an option of another command.
  const isAboutAll = first === 'completion' || (first === 'explain' && words[1]?.startsWith('-'))
  const isKnown = Object.hasOwn(commands, first) && isAboutAll !== true
  const names = isKnown ? [first] : Object.keys(commands)
  return Promise.all(names.map((name) => commands[name]).flatMap((load) => (load ? [load()] : [])))
}
