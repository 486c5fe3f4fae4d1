/** Ours without what is meant for runbook itself: `RUNBOOK_VAR_…` are secrets. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('RUNBOOK_')),
  )
}
