/**
 * Opens a channel whose bash runs as another user, by sudo.
 *
 * The password goes to sudo's standard input, and only after sudo has printed an unguessable
 * prompt, because bash would execute a password sent without a prompt. It is sent once: a second
 * prompt means that it was wrong, and the channel is closed before sudo counts another attempt.
 */

import { messages } from './messages.ts'
import type { Readable } from 'node:stream'
import { type Channel, type Connection, TransportError } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { newNonce } from './marker.ts'
import { shellQuote } from './protocol.ts'
import { ShellError, whyNoShell } from './shell-error.ts'

/** The account to become with sudo. */
export interface Account {
  readonly name: string
  /** The calling user's password; `undefined` if none is known or needed. */
  readonly password: string | undefined
}

/** Time limit for opening a channel. */
export const openMs = 30_000
const sudoTimeoutMs = 30_000
const keptBytes = 4096

/**
 * Opens a channel. Without a password, sudo's messages arrive on the channel later.
 *
 * @throws {TransportError} If no channel can be opened.
 * @throws {ShellError} If sudo asked for the password and refused it.
 */
export async function openChannel(
  connection: Connection,
  account: Account | undefined,
): Promise<Channel> {
  const channel = await openWithin(connection, openMs)
  if (account === undefined) return channel
  const { name, password } = account
  const user = shellQuote(name)
  if (password === undefined) {
    channel.stdin.write(
      `${findSudo}exec sudo -n -H -u ${user} -- bash --noprofile --norc\nunset LC_ALL\n`,
    )
    return channel
  }
  const nonce = newNonce()
  // Every user of the host can read sudo's arguments, but not its environment.
  channel.stdin.write(
    `${findSudo}printf %s ${nonce}; export SUDO_PROMPT=${nonce}:; ` +
      `exec sudo -S -H -u ${user} -- bash -c ${shellQuote(begin)}\n`,
  )
  await logIn(channel, connection.host, account, nonce)
  channel.stdin.write('unset LC_ALL\n')
  return channel
}

/** After the nonce, only sudo and its child can print this. */
const begunMark = '\x1eRB:in\x1e'
const begin = "unset SUDO_PROMPT; printf '\\036RB:in\\036'; exec bash --noprofile --norc"

/**
 * Opens a channel within `ms` milliseconds.
 *
 * @throws {TransportError} `lost` if the host does not answer.
 */
export async function openWithin(connection: Connection, ms: number): Promise<Channel> {
  const opening = connection.open()
  return within(opening, ms, () => {
    // Close a channel that opens too late.
    opening.then((opened) => opened.close()).catch(() => {})
    const { host } = connection
    return new TransportError('lost', host, messages.noChannelWithin(host, ms / 1000))
  })
}

/** Sudo's messages are parsed later, so they must be English. */
const findSudo =
  'export LC_ALL=C; command -v sudo >/dev/null 2>&1 || { echo "sudo: not found" >&2; exit 127; }; '

async function logIn(
  channel: Channel,
  host: string,
  { name, password }: Account,
  nonce: string,
): Promise<void> {
  const begun = find(channel.stdout, nonce, begunMark)
  const asked = find(channel.stderr, `${nonce}:`)
  const first = await inTime(Promise.race([begun.found, asked.found, channel.ended]))
  let outcome = first
  let again: Search | undefined
  if (first === 'found' && asked.isFound && !begun.isFound) {
    again = find(channel.stderr, `${nonce}:`, '', otherQuestions)
    channel.stdin.write(`${password}\n`)
    outcome = await inTime(Promise.race([begun.found, again.found, channel.ended]))
  }
  if (begun.isFound) {
    for (const search of [asked, again]) search?.stop()
    return
  }
  // The message about it arrives with the streams' ends.
  await new Promise((resolve) => setImmediate(resolve))
  const isWrong = again?.isFound === true && !otherQuestions.test(again.printed.toString())
  channel.close()
  if (isWrong) {
    throw new ShellError('sudo-wrong-password', messages.wrongPassword(host, name))
  }
  const said = Buffer.concat([asked, ...(again ? [again] : []), begun].map((each) => each.printed))
  const printed = Buffer.from(said.toString().replaceAll(nonce, ''))
  throw whyNoShell(host, name, outcome === 'found' ? undefined : outcome, printed)
}

/** `undefined`: sudo took too long. */
async function inTime<T>(said: Promise<T>): Promise<T | undefined> {
  return within<T | undefined>(said, sudoTimeoutMs, () => undefined)
}

/** Prompts of sudo for something other than the password. */
const otherQuestions = /expired|(?:current|new) password:/i

interface Search {
  readonly found: Promise<'found'>
  readonly isFound: boolean
  /** Output in place of the text, up to a limit. */
  readonly printed: Buffer
  stop(): void
}

/**
 * Reads up to `text` and then to `behind`, or until `orElse` matches; the rest goes back to the
 * stream.
 */
function find(stream: Readable, text: string, behind = '', orElse?: RegExp): Search {
  let printed: Buffer = Buffer.alloc(0)
  let isFound = false
  let resolveFound: (value: 'found') => void
  const found = new Promise<'found'>((resolve) => {
    resolveFound = resolve
  })
  const read = (bytes: Buffer): void => {
    const all = Buffer.concat([printed, bytes])
    const first = all.indexOf(text)
    const at = first < 0 ? -1 : all.indexOf(behind, first + text.length)
    printed = all.subarray(0, at < 0 ? undefined : first).subarray(-keptBytes)
    if (at < 0 && orElse?.test(all.toString()) === true) {
      isFound = true
      resolveFound('found')
    }
    if (at < 0) return
    isFound = true
    stop()
    const rest = all.subarray(at + behind.length)
    if (rest.length > 0) stream.unshift(rest)
    resolveFound('found')
  }
  const stop = (): void => {
    stream.off('data', read)
    stream.pause()
  }
  stream.on('data', read)
  stream.resume()
  return {
    found,
    get isFound() {
      return isFound
    },
    get printed() {
      return printed
    },
    stop,
  }
}
