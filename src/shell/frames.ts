/**
 * Numbers the commands of one shell and builds their frames, which also carry other news for the
 * host.
 */

import type { CommandRequest, EarlierPlace } from '../run/ports.ts'
import { nonceOf, shellTag } from './marker.ts'
import { createNumbers, idOf, questionId } from './numbers.ts'
import type { ShellPlace } from './open-shell.ts'
import { channelItem, checkName, commandFrame, type Frame } from './protocol.ts'

/** A command with its number on the host. */
export interface NumberedCommand {
  readonly request: CommandRequest
  readonly number: number
  readonly id: string
}

export type FrameContent = Pick<
  Frame,
  'command' | 'dir' | 'leavesFolder' | 'env' | 'secrets' | 'stdin' | 'streams' | 'allowed'
>

/** The client's progress in reading the shell's output. */
export interface ShellProgress {
  /** Bytes read of each output. */
  readonly taken: { readonly out: number; readonly err: number }
  /** Number of times that the shell was restarted. */
  readonly restarts: number
}

interface News {
  /** Secrets that a new shell lacks. */
  readonly env: Readonly<Record<string, string>>
  readonly read: Frame['read']
}

const nothingNew: News = { env: {}, read: { out: 0, err: 0 } }

/** Limit of a batch's frames: a pipe holds them all. */
const maxBatchBytes = 48 * 1024

/** Bytes that must be read before the host is told to free them. */
const freedFrom = 16 * 1024 * 1024

export class Frames {
  readonly #place: ShellPlace
  readonly #progress: ShellProgress
  readonly #numbers: ReturnType<typeof createNumbers>
  /** Values that exist only in the host's memory, so a new shell needs them again. */
  readonly #secrets = new Map<string, string>()
  #restartsSeen = 0
  /** Bytes already read that the host may free. */
  #freed = 0
  #anewAt = 0

  /**
   * @param at - The last known position of an earlier life.
   * @param progress - Read whenever a frame is built.
   */
  constructor(place: ShellPlace, at: EarlierPlace | undefined, progress: ShellProgress) {
    this.#place = place
    this.#progress = progress
    this.#numbers = createNumbers(place, at)
  }

  /** The next number. */
  get upcoming(): number {
    return this.#numbers.upcoming
  }

  /** Output up to the end of this number is discarded; 0: none. */
  get passedOver(): number {
    return this.#numbers.passedOver
  }

  /**
   * Call it before sending a command, or a check (`undefined`).
   *
   * @returns The number under which the command had begun in an earlier life whose shell is gone.
   */
  claim(request: CommandRequest | undefined): number | undefined {
    // The command does not depend on the lost state, and does not discard it.
    if (request?.leavesFolder && !this.#place.isFound) return undefined
    return this.#numbers.claim(request && idOf(request))
  }

  /** The commands that can be sent together: the first and those that may follow it. */
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

  /** New output files start with this number. */
  beginAnew(number: number): void {
    this.#anewAt = number
    this.#freed = 0
  }

  /** The frames of commands, as items; the first has no condition. */
  batchText(batch: readonly NumberedCommand[]): string {
    const texts = batch.map((command, at) => {
      const news = at === 0 ? this.#news() : nothingNew
      return this.#commandText(command, batch[at - 1], batch[at + 1], news)
    })
    return texts.join('')
  }

  /** The frame of a check, which does not change the shell, as an item. */
  questionText(number: number, content: FrameContent, toText: (frame: Frame) => string): string {
    const own = { number, id: questionId, isFollowed: false, terminal: false, after: undefined }
    return channelItem(toText(this.#frame(content, own, this.#news())))
  }

  /** The environment mark of a command's processes. */
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

  /** News for the host in the next frame. */
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
