/**
 * The parts of ssh2 that we use. The command line bundles ssh2 separately and loads it when it
 * connects.
 */

import ssh2Package from 'ssh2'

export type Ssh2 = Pick<typeof ssh2Package, 'Client' | 'createAgent'> & {
  readonly parseKey: typeof ssh2Package.utils.parseKey
}

export const ssh2: Ssh2 = {
  Client: ssh2Package.Client,
  createAgent: ssh2Package.createAgent,
  parseKey: ssh2Package.utils.parseKey,
}
