/** A repository, checked out as a whole: its site is built and served, and none of its code runs. */

import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type HostileProject, hostileProject, serveSite, site } from '../support/hostile-site.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const projects: HostileProject[] = []
afterEach(() => {
  for (const project of projects.splice(0)) project.remove()
})

function newProject(): HostileProject {
  const project = hostileProject()
  projects.push(project)
  project.write('runbook/a.md', '# A page\n\n```bash {#a}\necho 1\n```\n')
  return project
}

/** Files that some tool below us reads and runs when it finds them. */
const programs: readonly (readonly [string, 'cjs' | 'esm', string])[] = [
  ...['', 'runbook/', '.runbook/site/', '../'].flatMap((folder) => [
    [`${folder}postcss.config.cjs`, 'cjs', 'module.exports = { plugins: [] }'] as const,
    [`${folder}.postcssrc.cjs`, 'cjs', 'module.exports = { plugins: [] }'] as const,
    [`${folder}postcss.config.mjs`, 'esm', 'export default { plugins: [] }'] as const,
    [`${folder}vite.config.mjs`, 'esm', 'export default {}'] as const,
    [`${folder}vite.config.ts`, 'esm', 'export default {}'] as const,
    [`${folder}vite.config.cjs`, 'cjs', 'module.exports = {}'] as const,
    [`${folder}.vitepress/config.js`, 'esm', 'export default {}'] as const,
    [`${folder}.vitepress/config.mts`, 'esm', 'export default {}'] as const,
    [`${folder}.vitepress/config/index.ts`, 'esm', 'export default {}'] as const,
    [`${folder}.vitepress/theme/index.js`, 'esm', 'export default {}'] as const,
    [`${folder}.vitepress/theme/index.mjs`, 'esm', 'export default {}'] as const,
    [`${folder}babel.config.cjs`, 'cjs', 'module.exports = {}'] as const,
    [`${folder}evil.cjs`, 'cjs', 'module.exports = () => ({ postcssPlugin: "evil" })'] as const,
  ]),
  ['runbook/theme.data.mjs', 'esm', 'export default { load: () => 1 }'],
  ['runbook/e.js', 'esm', 'export default 1'],
  ['runbook/public/e.js', 'esm', 'export default 1'],
  ...['vitepress', 'vue', 'vite', '@vitejs/plugin-vue', 'typescript', 'postcss'].flatMap((name) =>
    ['node_modules', 'runbook/node_modules', '.runbook/site/node_modules'].flatMap((folder) => [
      [`${folder}/${name}/index.js`, 'cjs', 'module.exports = {}'] as const,
      [`${folder}/${name}/compiler-sfc/index.js`, 'cjs', 'module.exports = {}'] as const,
      [`${folder}/${name}/bin/vitepress.js`, 'cjs', ''] as const,
    ]),
  ),
]

const manifest = JSON.stringify({
  name: 'evil',
  type: 'module',
  workspaces: ['*'],
  imports: { '#*': './evil.cjs' },
  exports: './evil.cjs',
  main: './index.js',
  postcss: { plugins: { './evil.cjs': {} } },
  browserslist: ['extends ./evil.cjs'],
  vite: './evil.cjs',
})

/** Data that some tool reads upward, and that would change what is built. */
const data: readonly (readonly [string, string])[] = [
  ...['', 'runbook/', '.runbook/site/', '../'].flatMap((folder) => [
    [`${folder}package.json`, manifest] as const,
    [`${folder}.postcssrc`, '{ "plugins": { "./evil.cjs": {} } }'] as const,
    [`${folder}tsconfig.json`, '{ "extends": "./nowhere.json" }'] as const,
    [`${folder}.browserslistrc`, 'extends ./evil.cjs'] as const,
    [`${folder}.env`, 'VITE_CANARY=from-the-env-file\nNODE_ENV=development\n'] as const,
    [`${folder}.env.production`, 'VITE_CANARY=from-the-env-file\n'] as const,
    [`${folder}.npmrc`, 'node-options=--require ./evil.cjs\n'] as const,
    [`${folder}pnpm-workspace.yaml`, 'packages: ["*"]\n'] as const,
  ]),
  ...['vitepress', 'vue', 'vite', '@vitejs/plugin-vue', 'typescript', 'postcss'].map(
    (name) => [`node_modules/${name}/package.json`, manifest] as const,
  ),
]

function plant(project: HostileProject): void {
  for (const [path, form, rest] of programs)
    project.write(path, `${project.canary(path.replaceAll('/', '!'), form)}${rest}\n`)
  for (const [path, text] of data) project.write(path, text)
  project.write('runbook/e.vue', `<script setup>\n${project.canary('e.vue', 'esm')}</script>\n`)
}

describe('a repository full of configuration for our tools', () => {
  test('has its site built as if none of it existed', () => {
    const project = newProject()
    plant(project)
    const { status, stdout, stderr } = site(project.root, 'build')

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const out = stdout.trimEnd().split('\n').at(-1) ?? ''
    expect(readFileSync(join(out, 'a.html'), 'utf8')).toContain('data-runbook-step="a"')
    expect(project.fired()).toEqual([])
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('from-the-env-file')
  })

  test('is served in development as if none of it existed', async () => {
    const project = newProject()
    plant(project)
    const served = await serveSite(project.root, 'dev')
    for (const path of ['', 'a', 'a.md', '@siteData', '@vite/client', 'e.js', 'e.vue'])
      await (await fetch(served.url + path)).text()
    await served.stop()

    expect(project.fired()).toEqual([])
  })

  test('cannot add a dynamic route: its name is refused', () => {
    const project = newProject()
    project.write('runbook/[id].md', '# {{ $params.id }}\n')
    project.write(
      'runbook/[id].paths.js',
      `${project.canary('paths', 'esm')}export default { paths: [{ params: { id: 1 } }] }\n`,
    )
    const { status, stderr } = site(project.root, 'build')

    expect(status).toBe(2)
    expect(stderr).toContain('`runbook/[id].md`: the name of a page holds no `[word]`')
    expect(project.fired()).toEqual([])
  })

  test.each([
    ['./e.js', 'is none of .png'],
    ['./e.vue', 'is none of .png'],
  ])('cannot load the image %s', (target, reason) => {
    const project = newProject()
    plant(project)
    project.write('runbook/a.png', 'x')
    project.write('runbook/b.md', `# b\n\ntext\n![x](${target})\n`)
    const { status, stderr } = site(project.root, 'build')

    expect(status).toBe(2)
    expect(stderr).toContain(`runbook/b.md:4: the image \`${target}\` ${reason}`)
    expect(project.fired()).toEqual([])
  })
})

describe('a link in a repository', () => {
  test.each([
    ['a page', 'runbook/x.md', '/etc/passwd', '`runbook/x.md` is outside the project'],
    ['a device', 'runbook/x.md', '/dev/zero', '`runbook/x.md` is outside the project'],
    ['a page that is missing', 'runbook/x.md', 'none.md', '`runbook/x.md` is not there'],
    ['another type', 'runbook/x.md', '../.secret', '`runbook/x.md` is none of .md'],
    ['a key', 'runbook/x.md', '../.runbook/hosts/key.md', 'is in `.runbook`, which is never'],
    ['history', 'runbook/x.md', '../.git/config.md', '`runbook/x.md` is outside the project'],
    ['a folder', 'runbook/sub', '/etc', '`runbook/sub` is outside the project'],
    ['public', 'runbook/public', '/etc', '`runbook/public` is outside the project'],
    ['a public file', 'runbook/public/k.txt', '/etc/passwd', '`runbook/public/k.txt` is outside'],
    ['a public secret', 'runbook/public/k', '../../.secret', '`runbook/public/k` is none of .png'],
    ['a record', 'runbook/.records/a/x.json', '/etc/passwd', 'x.json` is outside the project'],
    ['state', '.runbook', '/tmp', '.runbook` is a link: remove it'],
    ['the site', '.runbook/site', '/tmp', '.runbook/site` is a link: remove it'],
    ['what is written', '.runbook/site/dist', '../../runbook', 'dist` is a link: remove it'],
  ])('%s leads nowhere: %s → %s', (_, path, target, reason) => {
    const project = newProject()
    project.write('.secret', 'TOKEN=1\n')
    if (!path.startsWith('.runbook')) project.write('.runbook/hosts/key.md', 'PRIVATE KEY\n')
    project.write('.git/config.md', 'PRIVATE\n')
    project.link(path, target)
    const { status, stderr } = site(project.root, 'build')

    expect(stderr).toContain(reason)
    expect(status).toBe(2)
    expect(readFileSync(join(project.root, 'runbook/a.md'), 'utf8')).toContain('A page')
  })

  test('a pipe as a page is refused without waiting', () => {
    const project = newProject()
    execFileSync('mkfifo', [join(project.root, 'runbook/x.md')])

    expect(site(project.root, 'build').stderr).toContain('`runbook/x.md` is not a regular file')
  })

  test('is not followed when we write', () => {
    const project = newProject()
    const victim = join(project.above, 'victim')
    writeFileSync(victim, 'mine\n')
    for (const name of ['package.json', '.gitignore', '.vitepress/config.mjs', 'node_modules/vue'])
      project.link(`.runbook/site/${name}`, victim)
    const { status, stdout } = site(project.root, 'build')

    expect(status).toBe(0)
    expect(readFileSync(victim, 'utf8')).toBe('mine\n')
    expect(stdout.trimEnd()).toBe(join(project.root, '.runbook/site/dist'))
  })

  test('is not served in a preview', async () => {
    const project = newProject()
    expect(site(project.root, 'build').status).toBe(0)
    project.write('.secret', 'TOKEN=1\n')
    project.link('.runbook/site/dist/k.txt', '../../../.secret')
    const served = await serveSite(project.root, 'preview')
    const answer = await fetch(`${served.url}k.txt`)
    await served.stop()

    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('TOKEN')
  })

  test('a folder of pages is in the project', () => {
    const project = newProject()
    for (const pages of ['../outside', '/etc', 'linked', '.runbook']) {
      mkdirSync(join(project.above, 'outside'), { recursive: true })
      mkdirSync(join(project.root, '.runbook'), { recursive: true })
      if (!existsSync(join(project.root, 'linked')))
        project.link('linked', join(project.above, 'outside'))
      project.write('runbook.yml', `pages: ${pages}\n`)
      const { status, stderr } = site(project.root, 'build')

      expect({ pages, status }).toEqual({ pages, status: 2 })
      expect(stderr).toMatch(
        /the folder of the pages, `.*`,? is (?:outside of|in `\.runbook`)|which is not in the project/,
      )
    }
  })
})

describe('honest projects work', () => {
  test('with a home folder that is a link, pages in `.`, links within the project', () => {
    const project = newProject()
    project.write('docs/deep/b.md', '# B\n\n[to a](../a.md#a)\n')
    project.write('docs/logo.png', 'png')
    project.link('runbook/linked.md', '../docs/deep/b.md')
    project.link('runbook/more', '../docs')
    project.link('runbook/public/logo.png', '../../docs/logo.png')
    const home = join(project.above, 'home')
    symlinkSync(project.root, home)
    const { status, stdout, stderr } = site(home, 'build', home)

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const out = stdout.trimEnd()
    expect(realpathSync(out)).toBe(join(realpathSync(project.root), '.runbook/site/dist'))
    for (const name of ['a.html', 'linked.html', 'more/deep/b.html', 'logo.png'])
      expect([name, existsSync(join(out, name))]).toEqual([name, true])

    project.write('runbook.yml', 'pages: .\n')
    expect(site(home, 'build').status).toBe(0)
    expect(existsSync(join(out, 'docs/deep/b.html'))).toBe(true)
  })

  test('with images of all types, and public files that keep their names', () => {
    const project = newProject()
    const names = ['a.png', 'b.JPG', 'c.gif', 'd.webp', 'e.avif', '图 片.png', 'sub/g.jpeg']
    for (const name of names) project.write(`runbook/img/${name}`, name)
    project.write('assets/up.png', 'up')
    project.write('runbook/img/h.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
    project.write('runbook/public/robots.txt', 'User-agent: *\n')
    project.write('runbook/public/favicon.ico', 'ico')
    const targets = [
      ...names.map((name) => `<./img/${name}>`),
      '../assets/up.png',
      'img/h.svg',
      '/favicon.ico',
      'https://example.org/x.png',
    ]
    project.write('runbook/b.md', `# b\n\n${targets.map((at) => `![x](${at})`).join('\n')}\n`)
    const { status, stdout, stderr } = site(project.root, 'build')

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const out = stdout.trimEnd()
    const html = readFileSync(join(out, 'b.html'), 'utf8')
    const sources = [...html.matchAll(/<img src="([^"]*)"/g)].map(([, source = '']) => source)
    expect(sources).toHaveLength(targets.length)
    const local = sources.filter((source) => source.startsWith('/'))
    expect(local).toHaveLength(targets.length - 2)
    for (const source of local)
      expect([source, existsSync(join(out, source))]).toEqual([source, true])
    expect(html).toContain('<img src="data:image/svg+xml;base64,')
    expect(readFileSync(join(out, 'robots.txt'), 'utf8')).toContain('User-agent')
  })

  test('a project without pages gets an error', () => {
    const project = hostileProject()
    projects.push(project)
    const { status, stderr } = site(project.root, 'build')

    expect(status).toBe(2)
    expect(stderr).toContain('no pages in')
  })

  test.each(['dev', 'preview'])('`site %s` names a port in use', async (command) => {
    const project = newProject()
    const server = createServer()
    const port = await new Promise<number>((settle) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        settle(typeof address === 'object' && address ? address.port : 0)
      })
    })
    project.write('.runbook/site/dist/index.html', 'x')
    const { status, stderr } = site(project.root, command, '--port', String(port))
    server.close()

    expect(stderr).toBe(`error: port ${port} is in use: choose another with \`--port\`\n`)
    expect(status).toBe(2)
  })
})
