/**
 * What we use of ssh2, by its files: its index also loads a server, the agents of HTTP and the making
 * of keys. The command line has it as a bundle of its own, loaded when a host is reached.
 */

import type { Client, createAgent, utils } from 'ssh2'
import agent from 'ssh2/lib/agent.js'
import client from 'ssh2/lib/client.js'
import keyParser from 'ssh2/lib/protocol/keyParser.js'

export interface Ssh2 {
  readonly Client: typeof Client
  readonly createAgent: typeof createAgent
  readonly parseKey: typeof utils.parseKey
}

export const ssh2: Ssh2 = {
  Client: client,
  createAgent: agent.createAgent,
  parseKey: keyParser.parseKey,
}
