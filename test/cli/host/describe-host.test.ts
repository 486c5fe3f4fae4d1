import { verbatim } from '../../../src/model/message.ts'
import { describe, expect, test } from 'vitest'
import {
  type HostDescription,
  renderCheck,
  renderHost,
} from '../../../src/cli/host/describe-host.ts'
import { scriptedHost } from '../../run/scripted-host.ts'

const jump: HostDescription = {
  name: 'gate',
  user: 'me',
  address: 'gate.example',
  port: 22,
  proxyCommand: null,
  jumps: [],
  methods: ['publickey'],
  agent: null,
  identities: [],
  hostKeys: { lookup: 'gate.example', files: [], known: [] },
}
const web: HostDescription = {
  ...jump,
  name: 'web\u001b[2J',
  user: 'root',
  address: '10.0.0.7',
  port: 2222,
  jumps: [jump],
  methods: ['publickey', 'password'],
  agent: '/tmp/agent',
  identities: [
    { path: '/home/me/.ssh/id_ed25519', state: 'encrypted' },
    { path: '/home/me/.ssh/id_rsa', state: 'missing' },
  ],
  hostKeys: {
    lookup: '[10.0.0.7]:2222',
    files: ['/home/me/.ssh/known_hosts'],
    known: [
      {
        algorithm: 'ssh-ed25519',
        fingerprint: 'SHA256:abc',
        file: '/home/me/.ssh/known_hosts',
        line: 3,
        marker: 'none',
      },
    ],
  },
}

describe('a host', () => {
  test('is described by how a run would reach it, without its control characters', () => {
    const text = renderHost(web, 'en')
    expect(text.split('\n')[0]).toBe(String.raw`web\x1b[2J`)
    expect(text).toContain('root@10.0.0.7:2222')
    expect(text).toContain('me@gate.example:22')
    expect(text).toContain('publickey, password')
    expect(text).toContain('/home/me/.ssh/id_ed25519')
    expect(text).toContain('ssh-ed25519 SHA256:abc  /home/me/.ssh/known_hosts:3')
  })

  test('omits missing keys, unless all are missing', () => {
    expect(renderHost(web, 'en')).not.toContain('id_rsa')
    const [, missing] = web.identities
    const none = { ...web, identities: missing ? [missing] : [] }
    expect(renderHost(none, 'en')).toContain('id_rsa')
  })

  test.each(['en', 'zh'] as const)('has its values in one column in %s', (lang) => {
    const lines = renderHost(web, lang).split('\n').slice(1, -1)
    const columns = lines.map((line) => /^ {2}\S.*? {2,}/.exec(line)?.[0] ?? '')
    expect(columns).not.toContain('')
  })
})

describe('the result of a connection', () => {
  test("has the host's system, shell and key", () => {
    const { facts, hostKey } = scriptedHost()
    const check = {
      ok: true,
      address: '10.0.0.7',
      hostKey,
      durationMs: 12,
      platform: 'debian-12',
      facts,
    } as const
    const text = renderCheck(check, 'en')
    expect(text).toContain('12 ms')
    expect(text).toContain('Debian (debian-12, x86_64, 6.1)')
    expect(text).toContain('SHA256:x')
  })

  test('has the reason for a failure', () => {
    const check = { ok: false, reason: 'unreachable', message: verbatim('refused\u0007') } as const
    expect(renderCheck(check, 'en')).toMatch(/refused\\x07\n$/)
  })
})
