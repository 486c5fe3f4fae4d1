import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { siteConfig } from '../src/publish/site-config.ts'

/** This project's own site for VitePress's command line; `runbook site` builds any project's. */
const root = dirname(dirname(fileURLToPath(import.meta.url)))

export default siteConfig({
  root,
  source: root,
  pages: join(root, 'runbook'),
  publicFolder: join(root, 'site', 'public'),
  theme: join(root, '.vitepress', 'theme'),
  out: join(root, '.vitepress', 'dist'),
  lang: 'zh',
  title: '从零部署 Django',
})
