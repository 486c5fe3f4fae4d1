/**
 * What is sent to one shell: numbers for what is run there, and frames that carry what the host has to
 * be told along with it.
 */

import type { CommandRequest, EarlierPlace } from '../run/ports.ts'
import { nonceOf, shellTag } from './marker.ts'
import { createNumbers, idOf, questionId } from './numbers.ts'
import type { ShellPlace } from './open-shell.ts'
import { channelItem, checkName, commandFrame, type Frame } from './protocol.ts'

/** A command with the number that it has on the host. */
export interface NumberedCommand {
  readonly request: CommandRequest
  readonly number: number
  readonly id: string
}

export type FrameContent = Pick<
  Frame,
  'command' | 'dir' | 'leavesFolder' | 'env' | 'secrets' | 'stdin' | 'streams' | 'allowed'
>

/** How far the client has come with what the shell says. */
export interface ShellProgress {
  /** Bytes of each output that were read. */
  readonly taken: { readonly out: number; readonly err: number }
  /** How often the shell was started again. */
  readonly restarts: number
}

interface News {
  /** Secrets that a new shell does not have. */
  readonly env: Readonly<Record<string, string>>
  readonly read: Frame['read']
}

const nothingNew: News = { env: {}, read: { out: 0, err: 0 } }

/** Of the frames of a batch: a pipe holds them all. */
const maxBatchBytes = 48 * 1024

/** Bytes that are read before the host is told to free them. */
const freedFrom = 16 * 1024 * 1024

export class Frames {
  readonly #place: ShellPlace
  readonly #progress: ShellProgress
  readonly #numbers: ReturnType<typeof createNumbers>
  /** Values that the host has in memory only: a new shell has to be given them again. */
  readonly #secrets = new Map<string, string>()
  #restartsSeen = 0
  /** Of what has been read, so much need not be on the host's disk any more. */
  #freed = 0
  #anewAt = 0

  /**
   * @param at - Where an earlier life of the run had come to.
   * @param progress - Read whenever a frame is made.
   */
  constructor(place: ShellPlace, at: EarlierPlace | undefined, progress: ShellProgress) {
    this.#place = place
    this.#progress = progress
    this.#numbers = createNumbers(place, at)
  }

  /** The number of what is sent next. */
  get upcoming(): number {
    return this.#numbers.upcoming
  }

  /** Up to the end of this number, what is read belongs to nobody any more; 0: nothing. */
  get passedOver(): number {
    return this.#numbers.passedOver
  }

  /**
   * To be called before a command is sent, or a question (`undefined`).
   *
   * @returns The number under which it had begun in an earlier life, where that shell is gone.
   */
  claim(request: CommandRequest | undefined): number | undefined {
    // It has no part in what was lost, and gives nothing of that up.
    if (request?.leavesFolder && !this.#place.isFound) return undefined
    return this.#numbers.claim(request && idOf(request))
  }

  /** As many commands as may be sent at once: the first, and what comes behind it. */
  batchOf(requests: readonly CommandRequest[]): readonly NumberedCommand[] {
    const batch: NumberedCommand[] = []
    let left = maxBatchBytes
    for (const request of requests) {
      const id = idOf(request)
      if (batch.length > 0 && !this.#numbers.isFree(id)) break
      const next = { request, id, number: this.#numbers.upcoming }
      left -= this.#commandText(next, batch.at(-1), undefined, nothingNew).length
      if (batch.length > 0 && left < 0) break
      this.#numbers.take()
      batch.push(next)
    }
    return batch
  }

  takeNumber(): number {
    return this.#numbers.take()
  }

  /** New outputs begin with this number. */
  beginAnew(number: number): void {
    this.#anewAt = number
    this.#freed = 0
  }

  /** The frames of commands, as items; the first is free of any condition. */
  batchText(batch: readonly NumberedCommand[]): string {
    const texts = batch.map((command, at) => {
      const news = at === 0 ? this.#news() : nothingNew
      return this.#commandText(command, batch[at - 1], batch[at + 1], news)
    })
    return texts.join('')
  }

  /** The frame of what leaves the shell as it is, as an item. */
  questionText(number: number, content: FrameContent, toText: (frame: Frame) => string): string {
    const own = { number, id: questionId, isFollowed: false, terminal: false, after: undefined }
    return channelItem(toText(this.#frame(content, own, this.#news())))
  }

  /** In the environment of what a command starts. */
  markOf(number: number): string {
    return `${shellTag(this.#place.nonce)}-${number}`
  }

  #commandText(
    { request, number, id }: NumberedCommand,
    before: NumberedCommand | undefined,
    next: NumberedCommand | undefined,
    news: News,
  ): string {
    const terminal = request.dialog !== undefined
    const streams = terminal ? 'merged' : request.streams
    const { allowed = [0] } = request
    const isFollowed = next !== undefined
    const own = { number, id, terminal, isFollowed, after: before?.number }
    return channelItem(commandFrame(this.#frame({ ...request, streams, allowed }, own, news)))
  }

  /** What the host is to be told with the next frame. */
  #news(): News {
    const { restarts, taken } = this.#progress
    const env = restarts > this.#restartsSeen ? Object.fromEntries(this.#secrets) : {}
    this.#restartsSeen = restarts
    const read = taken.out + taken.err
    if (read - this.#freed < freedFrom) return { ...nothingNew, env }
    this.#freed = read
    return { env, read: { ...taken } }
  }

  #frame(
    content: FrameContent,
    own: Pick<Frame, 'number' | 'id' | 'terminal' | 'after' | 'isFollowed'>,
    { env, read }: News,
  ): Frame {
    for (const name of content.secrets) checkName(name)
    for (const [name, value] of Object.entries(content.env)) {
      if (content.secrets.includes(name)) this.#secrets.set(name, value)
    }
    return {
      ...content,
      ...own,
      read,
      taken: this.#progress.taken.out,
      folder: this.#place.folder,
      nonce: nonceOf(this.#place.nonce, own.number),
      env: { ...env, ...content.env },
      secrets: [...new Set([...content.secrets, ...this.#secrets.keys()])],
      mark: this.markOf(own.number),
      isAnew: own.number === this.#anewAt,
    }
  }
}
