import { messages } from './messages.ts'
import { createServer } from 'node:net'
import { SiteError } from './site-error.ts'

/** Words for a port that cannot be listened on; any other error comes back as it is. */
export function portError(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new SiteError(messages.portInUse(port))
  if (code === 'EACCES') return new SiteError(messages.portNeedsRoot(port))
  return error
}

/** @throws {SiteError} Where the port of the loopback interface is taken. */
export async function checkPort(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((settle, fail) => {
    server.once('error', (error) => fail(portError(port, error)))
    server.listen(port, '127.0.0.1', () => server.close(() => settle()))
  })
}
