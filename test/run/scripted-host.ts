import type { HostSession } from '../../src/run/ports.ts'

const facts = {
  osId: 'debian',
  osLike: [],
  osVersion: '12',
  osName: 'Debian',
  arch: 'x86_64',
  kernel: '6.1',
  user: 'root',
  hostName: 'vm',
  bootId: '',
  bash: '5.2',
  machineId: '',
  endsWithLogin: false,
}

/** A host on which every command passes and prints nothing, but for what a test says. */
export function scriptedHost({
  probe,
}: {
  readonly probe?: HostSession['probe']
} = {}): HostSession {
  return {
    name: 'vm',
    address: 'nowhere',
    hostKey: 'SHA256:x',
    facts,
    openAt: async () => {},
    async *awaitReboot() {
      yield { kind: 'back' }
    },
    async *run(batch) {
      for (const _ of batch)
        yield { kind: 'ended', end: { kind: 'exited', status: 0, note: undefined }, durationMs: 1 }
    },
    probe: async (request) =>
      probe ? await probe(request) : { status: 0, stdout: '', stderr: '', isCut: false },
    startBackground: async () => ({ kind: 'started', pid: 1 }),
    backgroundState: async () => ({ running: true, status: null, output: '' }),
    stopBackground: async () => {},
    close: async () => [],
  }
}
