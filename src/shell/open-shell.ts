/** Opens the channel that follows a run's shell, or attaches again at the last offset. */

import { messages, unsafePlace } from './messages.ts'
import { verbatim } from '../model/message.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EarlierPlace } from '../run/ports.ts'
import { type Channel, type Connection, TransportError } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { channelScripts, folderFiles } from './host-programs.ts'
import type { ChannelScript } from './protocol.ts'
import { type Account, openChannel } from './open-channel.ts'
import { mostBytes, mostNumber, readNumber, type Mark } from './marker.ts'
import { badAnswer, ShellError, whyNoShell } from './shell-error.ts'
import { oneLine } from '../text/one-line.ts'
import { answerOf } from './run-script.ts'

export interface ShellPlace {
  /** The run's folder on the host. */
  readonly folder: string
  /** The shell's nonce; those of its commands are derived from it. */
  readonly nonce: string
  /** Number of the last command that began there. */
  readonly lastNumber: number
  /** Whether the shell already existed. */
  readonly isFound: boolean
  /** Whether the host was rebooted since the shell started. */
  readonly wasRebooted: boolean
  /** Commands that had begun there since the given position, in order. */
  readonly begun: readonly Begun[]
  /** As in `OpenShell`. */
  readonly needsScope: boolean
  /** Bytes of each output that the client has. */
  readonly offsets: { out: number; err: number }
  /** The number at which new output files were to start. */
  readonly anewAt?: number | undefined
}

export interface OpenShell {
  readonly folderName: string
  readonly user: Account | undefined
  /** Empty: the home folder. */
  readonly startDir: string
  /** Whether logind kills a user's processes at logout, unless they have their own scope. */
  readonly needsScope: boolean
  readonly umask: string
  readonly environment: readonly string[]
  /** A channel that was opened early. */
  readonly early?: Channel | undefined
  /** The last known position of an earlier life. */
  readonly at?: EarlierPlace | undefined
}

/** A number that was claimed on the host, and the hash of its command. */
export interface Begun {
  readonly number: number
  readonly id: string
}

const openTimeoutMs = 30_000
/** Limit of a login shell's output in place of our answer. */
const keptBytes = 4096

/**
 * Creates or finds the shell, and follows it.
 *
 * @throws {ShellError} If the folder is unusable, or a command still runs in it (`busy`).
 */
export async function openShell(
  connection: Connection,
  request: OpenShell,
): Promise<{ readonly channel: Channel; readonly place: ShellPlace }> {
  const { folderName, user, startDir, needsScope, umask, environment, at } = request
  const script = {
    parameters: {
      RB_RUN: folderName,
      RB_START: startDir,
      RB_UMASK: umask,
      RB_SCOPE: needsScope ? 'yes' : '',
      RB_AT: at === undefined ? '' : `${at.number}:${at.out}:${at.err}`,
    },
    body: channelScripts.open(),
    files: folderFiles(),
    environment,
  }
  const { channel, mark } = await start(connection, user, script, request.early)
  try {
    return { channel, place: { ...readPlace(connection.host, mark), needsScope } }
  } catch (error) {
    channel.close()
    throw error
  }
}

/** @throws {ShellError} If the answer is not the shell's position. */
function readPlace(host: string, { fields }: Mark): Omit<ShellPlace, 'needsScope'> {
  const [nonce = '', last, outRead, errRead, found, boot, begun = '', ...rest] = fields
  const folder = rest.join(':')
  const lastNumber = readNumber(last, mostNumber)
  const out = readNumber(outRead, mostBytes)
  const err = readNumber(errRead, mostBytes)
  const isPlace = /^[0-9a-f]{32}$/.test(nonce) && folder.startsWith('/')
  const isBegun = /^(?:\d{1,10}=\w{0,64},)*$/.test(begun)
  if (!isPlace || !isBegun || lastNumber === undefined || out === undefined || err === undefined) {
    throw badAnswer(host, messages.whereItsShellIs, fields.slice(1).join(':'))
  }
  return {
    folder,
    nonce,
    lastNumber,
    isFound: found === '1',
    wasRebooted: boot === '1',
    begun: [...begun.matchAll(/(\d+)=(\w*),/g)].flatMap(([, text, id = '']) => {
      const number = readNumber(text, mostNumber)
      return number === undefined ? [] : [{ number, id }]
    }),
    offsets: { out, err },
  }
}

/** @throws {ShellError} `no-start`: the shell is gone. */
export async function followAgain(
  connection: Connection,
  user: Account | undefined,
  place: ShellPlace,
): Promise<Channel> {
  const { channel } = await start(connection, user, {
    parameters: {
      RB_D: place.folder,
      RB_SCOPE: place.needsScope ? 'yes' : '',
      RB_NONCE: place.nonce,
      RB_OUT: String(place.offsets.out),
      RB_ERR: String(place.offsets.err),
      RB_ANEW: String(place.anewAt ?? ''),
    },
    body: channelScripts.attach(),
  })
  return channel
}

async function start(
  connection: Connection,
  user: Account | undefined,
  script: Omit<ChannelScript, 'nonce'>,
  early?: Channel,
): Promise<{ readonly channel: Channel; readonly mark: Mark }> {
  const channel = early ?? (await openPatiently(connection, user))
  const answer = await answerOf(channel, script, { timeoutMs: openTimeoutMs, maxBytes: keptBytes })
  const { mark, end, stdout, stderr } = answer
  if (mark?.kind === 'ok') return { channel, mark }
  channel.close()
  // A connection reports its loss a little later than its channels end.
  const lost = await within<TransportError | undefined>(connection.lost, 100, () => undefined)
  if (lost) throw lost
  if (mark) throw whyNoFolder(connection.host, user?.name, mark.fields.join(':'))
  throw whyNoShell(connection.host, user?.name, end, Buffer.concat([stderr, stdout]))
}

/** On a host with one channel per connection, the previous channel may not have ended yet. */
async function openPatiently(connection: Connection, user: Account | undefined): Promise<Channel> {
  for (let tries = 1; ; tries++) {
    try {
      return await openChannel(connection, user)
    } catch (error) {
      const isFull = error instanceof TransportError && error.reason === 'unsupported'
      if (!isFull || tries === 10) throw error
    }
    await sleep(100)
  }
}

function whyNoFolder(host: string, user: string | undefined, said: string): ShellError {
  const why = oneLine(said)
  const where = user === undefined ? verbatim(host) : messages.hostAs(host, user)
  const [kind, ...detail] = why.split(':')
  switch (kind) {
    case 'no-tool':
      return new ShellError('no-tool', messages.noTool(where, detail.join(':')))
    case 'no-folder':
      return new ShellError('no-folder', messages.noFolder(where, detail.join(':')))
    case 'unsafe':
      return new ShellError('no-folder', messages.unsafe(where, unsafePlace(detail.join(':'))))
    case 'busy':
      return new ShellError('busy', messages.busy(where, detail.join(':')))
    case 'rebooted':
      return new ShellError('no-start', messages.restarted(where))
    case 'ended':
      return new ShellError(
        'no-start',
        detail[0] === 'yes' ? messages.shellEndedByLogind(where) : messages.shellEnded(where),
      )
    case 'gone':
      return new ShellError('no-start', messages.folderGone(where))
    case undefined:
    default:
      return new ShellError('no-start', messages.notStarted(where, why))
  }
}
