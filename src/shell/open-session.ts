/**
 * Opens a session with a host for one run: asks its facts, and opens a shell per user on first use,
 * so that a plan leaves nothing there. If the run will need a shell, it is opened early.
 */

import { runScript } from './run-script.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  EarlierPlace,
  HostSession,
  LeftRunning,
  ProbeRequest,
  ProbeResult,
} from '../run/ports.ts'
import type { Channel, Connection } from '../transport/transport.ts'
import { awaitReboot } from './await-reboot.ts'
import { createBackground, leftRunning } from './background.ts'
import { channelScripts } from './host-programs.ts'
import { assignments } from './protocol.ts'
import { HostLink } from '../transport/host-link.ts'
import { answerChars, openHostShell } from './host-shell.ts'
import type { HostShell } from './host-shell.ts'
import { askLogin, type Login } from './login.ts'
import { newNonce, shellTag } from './marker.ts'
import { type Account, openMs, openWithin } from './open-channel.ts'
import { ShellError } from './shell-error.ts'
import { createSudo, type SudoPassword } from './sudo.ts'
import { shellQuote } from './protocol.ts'

export interface SessionOptions {
  /** The name that the user gave. */
  readonly name: string
  /** The run's id; the same id finds the same shell again. */
  readonly run: string
  /** Connects, first and after each loss. */
  readonly connect: () => Promise<Connection>
  /** Asked for at most once, if sudo wants it; without it such users are unavailable. */
  readonly sudoPassword?: SudoPassword | undefined
  /** Starting folder of shells; `undefined`: the home folder. */
  readonly startDir?: string | undefined
  /** Idle timeout at a line that looks like a question; 0 disables it. Default 10 s. */
  readonly waitingMs?: number
  /** Grace period for processes before they are killed by force. Default 2 s. */
  readonly graceMs?: number
  /** How long to wait for a lost connection while a command runs. Default 10 min. */
  readonly awayMs?: number
  /**
   * Limit of one command's output, which stays on the host's disk until the next command starts.
   * Default 8 GiB.
   */
  readonly maxBytes?: number
  /** Whether the login user's shell will be needed; it is then opened early. */
  readonly needsShell?: boolean
  /** How long a check of an earlier life may still run. Default: not at all. */
  readonly busyMs?: number
}

/**
 * Connects to a host and asks its facts.
 *
 * @throws {TransportError} From `connect`.
 * @throws {ShellError} If the host has no bash, or its login prevents starting one.
 */
export async function openSession(options: SessionOptions): Promise<HostSession> {
  const first = await options.connect()
  const link = new HostLink(first, options.connect)
  try {
    const asking = askLogin(link, undefined)
    // A host that allows one channel per connection opens it later.
    const early = options.needsShell
      ? link
          .current()
          .then((made) => openWithin(made, openMs))
          .catch(() => undefined)
      : undefined
    return createSession({ ...options, first, link, login: await asking, early })
  } catch (error) {
    await link.close()
    throw error
  }
}

interface Opened extends SessionOptions {
  readonly first: Connection
  readonly link: HostLink
  readonly login: Login
  readonly early: Promise<Channel | undefined> | undefined
}

function createSession(opened: Opened): HostSession {
  const { name, run, first, link, startDir = '' } = opened
  let { login, early } = opened
  const {
    waitingMs = 10_000,
    graceMs = 2000,
    awayMs = 600_000,
    busyMs = 0,
    maxBytes = 8 * 1024 ** 3,
  } = opened
  const grace = String(Math.ceil(graceMs / 100))
  const logins = new Map<string, Promise<Login>>()
  const shells = new Map<string, Promise<HostShell>>()

  const sudo = createSudo(opened.sudoPassword)
  /** The user to become with sudo, if any. */
  const sudoUser = (user: string | undefined): string | undefined =>
    user === login.facts.user ? undefined : user
  const keyOf = (user: string | undefined): string => sudoUser(user) ?? login.facts.user

  const accountOf = (user: string | undefined): Account | undefined => {
    const other = sudoUser(user)
    return other === undefined ? undefined : sudo.account(other)
  }
  const loginOf = (user: string | undefined): Promise<Login> => {
    const other = sudoUser(user)
    if (other === undefined) return Promise.resolve(login)
    return cached(logins, other, () => sudo.become(other, (account) => askLogin(link, account)))
  }
  const takeEarly = async (user: string | undefined): Promise<Channel | undefined> => {
    if (sudoUser(user) !== undefined) return undefined
    const taken = early
    early = undefined
    // It was lost with its connection.
    return (await link.current()) === first ? taken : undefined
  }
  const openShellOf = async (
    user: string | undefined,
    at: EarlierPlace | undefined,
  ): Promise<HostShell> =>
    openHostShell({
      ...(await loginOf(user)),
      early: await takeEarly(user),
      link,
      user: accountOf(user),
      folderName: folderName(run, name, keyOf(user)),
      startDir: sudoUser(user) === undefined || first.hostKey === null ? startDir : '',
      at,
      waitingMs,
      graceMs,
      awayMs,
      maxBytes,
    })
  const shellOf = async (user: string | undefined, at?: EarlierPlace): Promise<HostShell> => {
    const open = (): Promise<HostShell> =>
      cached(shells, keyOf(user), () => openWithRetries(() => openShellOf(user, at), busyMs))
    const shell = await open()
    if (!shell.isLost) return shell
    // It continues in a new shell with its saved state, unless a command still runs in it.
    shells.delete(keyOf(user))
    await shell.detach()
    return open()
  }

  const askThrowaway = async (request: ProbeRequest): Promise<ProbeResult> => {
    const { environment, umask } = await loginOf(request.user)
    const user = accountOf(request.user)
    const mark = `${newNonce().slice(0, 16)}-0`
    assignments(request.env)
    const given = Object.entries(request.env).map(([key, value]) => `${key}=${value}`)
    const answer = await runScript(link, {
      user,
      parameters: {
        RB_SCRIPT: request.script,
        RB_START: startDir,
        RB_UMASK: umask,
        RB_MARK: mark,
      },
      body: channelScripts.question(),
      environment: [...environment, ...given],
      timeoutMs: request.timeoutMs,
      maxBytes: answerChars,
    })
    if (answer.status === undefined) {
      await runScript(link, {
        user,
        parameters: { RB_D: '', RB_MARK: mark, RB_SPARE: 'shell-unknown', RB_GRACE: grace },
        body: channelScripts.endCommand(),
        timeoutMs: graceMs + 20_000,
        maxBytes: 64 * 1024,
      })
    }
    const { status = 124, stdout, stderr, isCut } = answer
    return { status, stdout: stdout.toString(), stderr: stderr.toString(), isCut }
  }

  /** @returns The host's answer, with the processes that still run. */
  const closeShell = async (shell: HostShell, user: string, isKept: boolean): Promise<Buffer> => {
    const parameters = {
      RB_D: shell.folder,
      RB_KEEP: isKept ? 'yes' : '',
      RB_TAG: shellTag(shell.nonce),
    }
    const said = await shell.detach({ parameters, body: channelScripts.close() })
    if (said) return said
    const request = { parameters, body: channelScripts.close(), timeoutMs: 30_000 }
    const asked = runScript(link, { ...request, user: accountOf(user), maxBytes: 64 * 1024 })
    return asked.then(
      ({ stdout }) => stdout,
      () => Buffer.alloc(0),
    )
  }

  const background = createBackground({ link, graceMs, shellOf, accountOf })

  // Errors are reported on first use.
  if (opened.needsShell) shellOf(undefined).catch(() => {})
  return {
    name,
    address: first.address,
    async openAt(place) {
      await shellOf(place.user ?? undefined, 'number' in place ? place : undefined)
    },
    hostKey: first.hostKey,
    get facts() {
      return login.facts
    },
    async *awaitReboot(limits) {
      for await (const event of awaitReboot({ ...limits, link, bootId: login.facts.bootId })) {
        if (event.kind === 'back') {
          for (const opening of shells.values()) await (await opening.catch(() => {}))?.detach()
          shells.clear()
          logins.clear()
          background.forget()
          login = await askLogin(link, undefined)
        }
        yield event
      }
    },
    async *run(batch, signal) {
      const [command] = batch
      if (command) yield* (await shellOf(command.user)).run(batch, signal)
    },
    async probe(given) {
      const request = { ...given, script: withInput(given.script, given.stdin) }
      const isOpen = await shells.get(keyOf(request.user))?.catch(() => undefined)
      return isOpen ? (await shellOf(request.user)).ask(request) : askThrowaway(request)
    },
    startBackground: background.startBackground,
    backgroundState: background.backgroundState,
    stopBackground: background.stopBackground,
    async close({ keep }) {
      await background.stopAll([...shells.keys()].map(sudoUser))
      const left: LeftRunning[] = []
      for (const [user, opening] of shells) {
        const shell = await opening.catch(() => undefined)
        if (!shell) continue
        const said = await closeShell(shell, user, keep && !(shell.isUnused && shell.isFirst))
        left.push(...leftRunning(said, shell.nonce, sudoUser(user) ?? null))
      }
      shells.clear()
      await link.close()
      return left
    },
  }
}

/** Retries while a command still runs there, up to a time limit. */
async function openWithRetries(open: () => Promise<HostShell>, ms: number): Promise<HostShell> {
  const until = performance.now() + ms
  for (;;) {
    try {
      return await open()
    } catch (error) {
      const isBusy = error instanceof ShellError && error.reason === 'busy'
      if (!isBusy || performance.now() >= until) throw error
      await sleep(200)
    }
  }
}

/** A script that reads `stdin`; a plain check has none. */
function withInput(script: string, stdin: string | undefined): string {
  if (stdin === undefined) return script
  return `{\n${script}\n} < <(builtin printf %s ${shellQuote(stdin)})\n`
}

/** Caches the result; a failure is not cached. */
function cached<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key)
  if (known) return known
  const making = make()
  made.set(key, making)
  making.catch(() => made.delete(key))
  return making
}

/** A safe path segment for any host name. */
function folderName(...parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[^A-Za-z0-9._@-]/g, '_').slice(0, 60)).join('-')
}
