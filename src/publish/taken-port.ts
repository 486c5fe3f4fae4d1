import { messages } from './messages.ts'
import { createServer } from 'node:net'
import { SiteError } from './site-error.ts'

/** Words the error for a port in use; returns any other error unchanged. */
export function portError(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new SiteError(messages.portInUse(port))
  if (code === 'EACCES') return new SiteError(messages.portNeedsRoot(port))
  return error
}

/** @throws {SiteError} If the port is in use on the loopback interface. */
export async function checkPort(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((settle, fail) => {
    server.once('error', (error) => fail(portError(port, error)))
    server.listen(port, '127.0.0.1', () => server.close(() => settle()))
  })
}
