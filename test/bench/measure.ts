import { spawn } from 'node:child_process'

/** One program to measure. */
export interface Contender {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly stdin?: string
}

/** Median milliseconds of whole processes, by name; the contenders take turns. */
export async function measure(
  contenders: readonly Contender[],
  { rounds, cwd }: { readonly rounds: number; readonly cwd: string },
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const took = await timeOf(contender, cwd)
      times.set(contender.name, [...(times.get(contender.name) ?? []), took])
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]))
}

function timeOf({ name, command, args, stdin = '' }: Contender, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, { cwd, stdio: ['pipe', 'ignore', 'ignore'] })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(performance.now() - start)
      else reject(new Error(`${name} ended with ${String(code)}`))
    })
    child.stdin.end(stdin)
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
