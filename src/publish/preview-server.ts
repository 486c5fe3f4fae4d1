/**
 * A small file server for a built site, on the loopback interface only.
 *
 * Serves `x.html` for `/x`, as every host of the site must, and the site's 404 page for missing
 * files.
 */

import { createReadStream, readFileSync, realpathSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { builtFile } from './built-file.ts'
import { contentType } from './content-type.ts'
import { isLocalHost } from './local-host.ts'
import { portError } from './taken-port.ts'

export interface Preview {
  /** `http://127.0.0.1:4173/` */
  readonly url: string
  close(): Promise<void>
}

const defaultPort = 4173
const lastTry = defaultPort + 50

/**
 * @param port - 0: any free port; `undefined`: the first free one from 4173 on.
 * @param headers - Sent with every response, such as a content security policy.
 * @throws {SiteError} If the port is in use, or this user may not listen on it.
 */
export async function servePreview(
  folder: string,
  port?: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<Preview> {
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(realpathSync(folder), request, response)
  })
  const bound = await listen(server, port)
  return {
    url: `http://127.0.0.1:${bound}/`,
    close: () =>
      new Promise((settle) => {
        server.close(() => settle())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  for (let next = port ?? defaultPort; ; next++) {
    try {
      return await tryPort(server, next)
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || port !== undefined || next >= lastTry) throw portError(next, error)
    }
  }
}

async function tryPort(server: Server, port: number): Promise<number> {
  return new Promise((settle, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail)
      const address = server.address()
      settle(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function answer(
  folder: string,
  { method, url = '/', headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405).end()
    return
  }
  if (!isLocalHost(headers.host)) {
    response.writeHead(403).end()
    return
  }
  const file = builtFile(folder, url)
  if (file === undefined) {
    const page = builtFile(folder, '/404.html')
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
    response.end(method === 'HEAD' || page === undefined ? undefined : readFileSync(page))
    return
  }
  response.writeHead(200, {
    'content-type': contentType(file),
    'content-length': statSync(file).size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  })
  if (method === 'HEAD') response.end()
  else createReadStream(file).pipe(response)
}
