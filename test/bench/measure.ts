import { spawn } from 'node:child_process'

/** One program to measure. */
export interface Contender {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly stdin?: string
}

/** What a whole process took. */
export interface Cost {
  readonly ms: number
  /** At its peak; 0 for a program that is not Node's, or was not asked. */
  readonly memoryBytes: number
}

/** Median milliseconds of whole processes, by name; the contenders take turns. */
export async function measure(
  contenders: readonly Contender[],
  { rounds, cwd }: { readonly rounds: number; readonly cwd: string },
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const { ms } = await run(contender, cwd)
      times.set(contender.name, [...(times.get(contender.name) ?? []), ms])
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]))
}

/** Runs it once, and asks for its memory too, which costs some milliseconds at its start. */
export function costOf(contender: Contender, cwd: string): Promise<Cost> {
  return run(contender, cwd, { NODE_OPTIONS: sayPeak })
}

/** What it prints nobody looks at. */
function run(
  { name, command, args, stdin = '' }: Contender,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, {
      cwd,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    let peak = ''
    child.stdio[3]?.on('data', (text: Buffer) => (peak += text.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      const ms = performance.now() - start
      if (code === 0) resolve({ ms, memoryBytes: Number(peak) * 1024 })
      else reject(new Error(`${name} ended with ${String(code)}`))
    })
    child.stdin?.end(stdin)
  })
}

/** The kernel knows the peak of a process until it has ended: Node tells it as the last thing. */
const sayPeak = `--import=data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`,
)}`

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
