/**
 * A channel whose bash is another user's, by sudo.
 *
 * A password goes to sudo's standard input, and only once sudo has asked for it by a prompt that
 * nobody can guess: what is sent unasked would be read by bash as a command. It is given once; a
 * second prompt means that it was wrong, and the channel ends before sudo counts another try.
 */

import { messages } from './messages.ts'
import type { Readable } from 'node:stream'
import { type Channel, type Connection, TransportError } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { newNonce } from './marker.ts'
import { shellQuote } from './protocol.ts'
import { ShellError, whyNoShell } from './shell-error.ts'

/** Whom sudo makes us. */
export interface Account {
  readonly name: string
  /** Of the user who asks sudo; `undefined` where none is known or needed. */
  readonly password: string | undefined
}

/** How long a host may take to open a channel. */
export const openMs = 30_000
const sudoTimeoutMs = 30_000
const keptBytes = 4096

/**
 * Opens a channel. Without a password what sudo says comes from the channel, in its own time.
 *
 * @throws {TransportError} Where there is no channel.
 * @throws {ShellError} Where sudo asked for the password and did not take it.
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
  // Sudo's arguments can be read by every user of the host, its environment cannot.
  channel.stdin.write(
    `${findSudo}printf %s ${nonce}; export SUDO_PROMPT=${nonce}:; ` +
      `exec sudo -S -H -u ${user} -- bash -c ${shellQuote(begin)}\n`,
  )
  await logIn(channel, connection.host, account, nonce)
  channel.stdin.write('unset LC_ALL\n')
  return channel
}

/** Behind the nonce, only sudo and what it starts can say this. */
const begunMark = '\x1eRB:in\x1e'
const begin = "unset SUDO_PROMPT; printf '\\036RB:in\\036'; exec bash --noprofile --norc"

/**
 * A channel of the connection, within so many milliseconds.
 *
 * @throws {TransportError} `lost` where the host says neither yes nor no.
 */
export async function openWithin(connection: Connection, ms: number): Promise<Channel> {
  const opening = connection.open()
  return within(opening, ms, () => {
    // What comes late is nobody's.
    opening.then((opened) => opened.close()).catch(() => {})
    const { host } = connection
    return new TransportError('lost', host, messages.noChannelWithin(host, ms / 1000))
  })
}

/** Sudo's own words are read afterwards, so they have to be English. */
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
  // What was said of it comes with the streams' ends.
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

/** What sudo says before it asks for something else than the password. */
const otherQuestions = /expired|(?:current|new) password:/i

interface Search {
  readonly found: Promise<'found'>
  readonly isFound: boolean
  /** What came instead, bounded. */
  readonly printed: Buffer
  stop(): void
}

/**
 * Reads up to a text, and to another one behind it, or until `orElse` is seen; what follows goes back
 * to the stream.
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
