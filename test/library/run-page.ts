import {
  askChecks,
  bindLanes,
  executePlan,
  type HostSession,
  initialState,
  oneByOne,
  parseRunbook,
  planRun,
  readHostFlag,
  reduce,
  renderDiagnostic,
  resolveVariables,
  type RunState,
  upFrontChecks,
} from 'runbook'

/** Runs the page on the host, as `runbook exec` does, and prints its output. */
export async function runPage(
  file: string,
  text: string,
  host: HostSession,
  print: (text: string) => void,
): Promise<RunState> {
  // Parse: a page with problems is not run.
  const { runbook, diagnostics } = parseRunbook(file, text)
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map((each) => renderDiagnostic(each, text)).join('\n'))

  // Plan: bind the page's roles to the host, ask its checks, decide for each step.
  const [bindings] = bindLanes([runbook], [readHostFlag(host.name)], {})
  if (!bindings) throw new Error('the page has no lane')
  const given = { project: {}, varsFile: {}, environment: {}, flags: {} }
  const variables = resolveVariables([runbook], given)
  const input = {
    runbooks: [runbook],
    bindings,
    required: new Map(),
    onlyIfMissing: new Set<never>(),
    isSelected: () => true,
  }
  const checks = upFrontChecks(input).get(host.name) ?? []
  const known = { passedSteps: new Set<string>() }
  const asking = { user: undefined, values: variables.values, known }
  const answers = await askChecks(host, checks, asking)
  const plan = planRun({
    ...input,
    hosts: new Map([[host.name, host]]),
    hasPassed: () => false,
    answers: new Map([
      [
        host.name,
        new Map(
          checks.flatMap((check, index) => {
            const answer = answers[index]
            return answer ? [[check, answer] as const] : []
          }),
        ),
      ],
    ]),
  })

  // Run: every event folds into one state.
  let state: RunState = initialState
  await executePlan(
    [{ plan, variables }],
    { run: new Date().toISOString(), tool: 'my tool 1.0' },
    {
      lang: 'en',
      stepwise: false,
      yes: false,
      allowDanger: false,
      keepGoing: false,
      update: false,
      timeoutMs: undefined,
      fleet: oneByOne,
    },
    {
      emit: (event) => {
        if (event.kind === 'output') print(event.text)
        state = reduce(state, event)
      },
      sessions: new Map([[host.name, host]]),
      clock: {
        nowMs: () => performance.now(),
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
      // No person: a manual or dangerous step fails.
      prompt: {
        confirm: async () => undefined,
        step: async () => undefined,
        failure: async () => undefined,
      },
      signal: new AbortController().signal,
      hostFailure: (error) => {
        const why = error instanceof Error ? error.message : String(error)
        return { kind: 'host-lost', message: { en: why, zh: why } }
      },
      startDir: () => undefined,
      onSecret: () => {},
    },
  )
  return state
}
