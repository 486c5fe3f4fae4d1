/** A note on a host that `serve` is given and that nothing knows. */

import { lookup } from 'node:dns/promises'
import { listed, type Lang } from '../../model/message.ts'
import { offeredHosts } from '../host/offered-hosts.ts'
import type { Project } from '../project.ts'
import { messages } from './messages.ts'

/** `undefined` if a configuration or the name service knows it. */
export async function hostNote(
  host: string,
  project: Project,
  lang: Lang,
): Promise<string | undefined> {
  const known = ['local', ...offeredHosts(project)]
  if (known.includes(host)) return undefined
  const address = host.replace(/^.*@/, '').replace(/:\d+$/, '')
  try {
    await lookup(address)
    return undefined
  } catch {
    return messages.hostUnknown(host, listed(known)[lang])[lang]
  }
}
