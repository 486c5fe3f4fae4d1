/** What we use of ssh2. The command line has it as a bundle of its own, loaded when a host is reached. */

import ssh2Package from 'ssh2'

export type Ssh2 = Pick<typeof ssh2Package, 'Client' | 'createAgent'> & {
  readonly parseKey: typeof ssh2Package.utils.parseKey
}

export const ssh2: Ssh2 = {
  Client: ssh2Package.Client,
  createAgent: ssh2Package.createAgent,
  parseKey: ssh2Package.utils.parseKey,
}
