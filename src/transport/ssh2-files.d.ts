/** `@types/ssh2` knows the index only. */

declare module 'ssh2/lib/agent.js' {
  const agent: Pick<typeof import('ssh2'), 'createAgent'>
  export default agent
}

declare module 'ssh2/lib/client.js' {
  const client: typeof import('ssh2').Client
  export default client
}

declare module 'ssh2/lib/protocol/keyParser.js' {
  const keyParser: Pick<typeof import('ssh2').utils, 'parseKey'>
  export default keyParser
}
