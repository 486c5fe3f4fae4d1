/**
 * A repository that tries to run its own code while its site is built; each attempt leaves a file.
 */

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))

export interface HostileProject {
  readonly root: string
  /** A folder above the project, which a repository can contain too. */
  readonly above: string
  /** Source text that creates the file `name`, as CommonJS or as a module. */
  canary(name: string, form: 'cjs' | 'esm'): string
  /** The files that attempts have created. */
  fired(): readonly string[]
  write(path: string, text: string | Buffer): void
  link(path: string, target: string): void
  remove(): void
}

export function hostileProject(): HostileProject {
  const above = mkdtempSync(join(tmpdir(), 'runbook-hostile-'))
  const nest = mkdtempSync(join(tmpdir(), 'runbook-canary-'))
  const root = join(above, 'project')
  mkdirSync(join(root, 'runbook'), { recursive: true })
  const write = (path: string, text: string | Buffer) => {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  write('runbook.yml', 'pages: runbook\nlang: en\n')
  return {
    root,
    above,
    write,
    link(path, target) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      symlinkSync(target, join(root, path))
    },
    canary: (name, form) => {
      const file = JSON.stringify(join(nest, name))
      return form === 'cjs'
        ? `require('node:fs').writeFileSync(${file}, '')\n`
        : `import { writeFileSync as fire } from 'node:fs'\nfire(${file}, '')\n`
    },
    fired: () => readdirSync(nest),
    remove() {
      for (const folder of [above, nest]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `runbook site WORDS`, run in the project's folder. */
export function site(root: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'site', ...words], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

export interface Served {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** `runbook site dev` or `preview` on a free port, once it answers. */
export async function serveSite(root: string, command: 'dev' | 'preview'): Promise<Served> {
  const port = await freePort()
  const child = spawn(process.execPath, [program, 'site', command, '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()))
  const url = `http://127.0.0.1:${port}/`
  for (let tries = 0; ; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break
    if (tries > 300 || child.exitCode !== null)
      throw new Error(`\`site ${command}\` does not answer: ${output}`)
    await new Promise((next) => setTimeout(next, 100))
  }
  return {
    url,
    port,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
