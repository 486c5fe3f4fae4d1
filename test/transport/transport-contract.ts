import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Channel, Connection } from '../../src/transport/transport.ts'

/** What every transport must do; each of them calls this with itself. */
export function transportContract(name: string, connect: () => Promise<Connection>): void {
  describe(`${name} is a transport`, () => {
    let connection: Connection

    beforeAll(async () => {
      connection = await connect()
    })
    afterAll(() => connection.close())

    test('runs a bash that reads its input', async () => {
      const channel = await connection.open()
      channel.stdin.end('echo "$BASH_VERSION"\n')
      expect((await read(channel)).stdout.toString()).toMatch(/^\d+\.\d+/)
    })

    test('keeps stdout and stderr apart and ends with the exit code', async () => {
      const channel = await connection.open()
      channel.stdin.end('echo a; echo b >&2; exit 3\n')
      const { stdout, stderr } = await read(channel)
      expect([stdout.toString(), stderr.toString()]).toEqual(['a\n', 'b\n'])
      expect(await channel.ended).toEqual({ kind: 'code', code: 3 })
    })

    test('reports a signal as a signal', async () => {
      const channel = await connection.open()
      channel.stdin.end('kill -KILL $$\n')
      await read(channel)
      const end = await channel.ended
      expect(end.kind).toBe('signal')
    })

    test('passes every byte unchanged, both ways', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
      const channel = await connection.open()
      channel.stdin.write('cat\n')
      channel.stdin.end(bytes)
      expect((await read(channel)).stdout.equals(bytes)).toBe(true)
    })

    test('leaves the rest of standard input to the script', async () => {
      const channel = await connection.open()
      channel.stdin.end('{ read -r line; echo "<$line>"; }\nfor the script\n')
      expect((await read(channel)).stdout.toString()).toBe('<for the script>\n')
    })

    test('holds output back from a slow reader, and loses none of it', async () => {
      const channel = await connection.open()
      channel.stderr.resume()
      channel.stdin.end('head -c 8000000 /dev/zero\n')
      let size = 0
      for await (const chunk of channel.stdout) {
        size += (chunk as Buffer).length
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect(size).toBe(8_000_000)
    })

    test('has several channels at once', async () => {
      const channels = await Promise.all([1, 2, 3].map(() => connection.open()))
      channels.forEach((channel, index) => channel.stdin.end(`echo ${index}\n`))
      const answers = await Promise.all(channels.map(read))
      expect(answers.map(({ stdout }) => stdout.toString())).toEqual(['0\n', '1\n', '2\n'])
    })

    test('ends a closed channel, whatever runs on it', async () => {
      const channel = await connection.open()
      channel.stdin.write('echo up; sleep 100\n')
      await once(channel.stdout, 'data')
      channel.close()
      expect((await channel.ended).kind).not.toBe('code')
    })
  })
}

export async function read(
  channel: Channel,
): Promise<{ readonly stdout: Buffer; readonly stderr: Buffer }> {
  const [stdout, stderr] = await Promise.all([gather(channel.stdout), gather(channel.stderr)])
  return { stdout, stderr }
}

async function gather(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
