/** `runbook serve` as a person starts it, and what a page of it asks. */

import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll } from 'vitest'
import { program, projectWith } from '../cli/run-cli.ts'

export interface ServedProject {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly token: string
  /** The address that was printed. */
  readonly url: string
  readonly child: ChildProcess
  readonly said: () => string
  /** How the process ended, once it has. */
  readonly ended: Promise<number | null>
  stop(): Promise<void>
}

export async function serveProject(
  cwd: string,
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServedProject> {
  const child = spawn(process.execPath, [program, 'serve', ...words], {
    cwd,
    env: { ...process.env, LANG: 'C.UTF-8', NO_COLOR: '1', CI: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise<number | null>((settle) => child.once('exit', settle))
  const url = await new Promise<string>((settle, fail) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (printed.endsWith('\n')) settle(printed.trim())
    })
    child.once('exit', (code) => fail(new Error(`serve ended with ${code}: ${said}`)))
  })
  const [, origin = '', token = ''] = /^(http:\/\/[^/]+)\/\S*#token=(\S+)$/.exec(url) ?? []
  return {
    origin,
    token,
    url,
    child,
    said: () => said,
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/**
 * Serves pages during the tests of a file or block.
 *
 * @param take - Called before the first test: the project, the home folder of its runs, the server.
 */
export function servePages(
  pages: Readonly<Record<string, string>>,
  take: (project: {
    readonly cwd: string
    readonly home: string
    readonly served: ServedProject
  }) => void,
): void {
  const cleanups: (() => void)[] = []
  let served: ServedProject | undefined
  beforeAll(async () => {
    const cwd = projectWith(pages, (clean) => cleanups.push(clean))
    const home = projectWith({}, (clean) => cleanups.push(clean))
    served = await serveProject(cwd, [], { HOME: home })
    take({ cwd, home, served })
  })
  afterAll(async () => {
    await served?.stop()
    for (const clean of cleanups) clean()
  })
}

/** An answer of the server as its page asks for it. */
export async function asked(
  { origin, token }: Pick<ServedProject, 'origin' | 'token'>,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const answer = await fetch(`${origin}/_runbook/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

export interface RunLine {
  readonly event?: Record<string, unknown> & { readonly kind: string; readonly seq: number }
  readonly questions?: readonly {
    readonly id: number
    readonly question: Record<string, unknown> & { readonly kind: string }
  }[]
  readonly isOver?: true
  readonly exit?: number | null
  readonly text?: string
}

/** The lines of a run until it is over, or until one is what is waited for. */
export async function* linesOf(
  { origin, token }: Pick<ServedProject, 'origin' | 'token'>,
  run: string,
  from = 0,
): AsyncGenerator<RunLine> {
  const stop = new AbortController()
  const answer = await fetch(`${origin}/_runbook/runs/${run}/events?from=${from}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  if (!answer.ok || !answer.body) throw new Error(`${answer.status}: ${await answer.text()}`)
  let unread = ''
  try {
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (unread + chunk).split('\n')
      unread = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as RunLine
    }
  } finally {
    stop.abort()
  }
}

/** Plans and starts a page, as a button does. @returns The run's id. */
export async function startRun(
  served: ServedProject,
  page: string,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const model = await asked(served, 'GET', `pages/${page}`)
  const plan = await asked(served, 'POST', 'plans', {
    page,
    pageHash: model.body['hash'],
    hosts: {},
    ...wish,
  })
  const { planHash } = plan.body
  const { status, body } = await asked(served, 'POST', 'runs', { planHash })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return String(body['run'])
}
