/** Our environment without `RUNBOOK_VAR_…`, which hold secrets. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('RUNBOOK_')),
  )
}
