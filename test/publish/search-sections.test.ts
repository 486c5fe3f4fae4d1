import { describe, expect, test } from 'vitest'
import { searchSections } from '../../src/publish/search-sections.ts'
import { tokenize } from '../../src/publish/tokenize.ts'

const sections: readonly (readonly [string, string])[] = [
  ['准备服务器', '全新的 CentOS 7 已停止维护，官方源改到了 vault。先换源，再装 Python 与 Git。'],
  ['更新系统源', 'CentOS 7 的镜像已归档，不换源 yum 会报 404。'],
  ['创建运行用户', '不要用 root 运行 Django。useradd --system --create-home django'],
  [
    '安装数据库',
    '用 apt-get install -y mariadb-server 安装，再用 systemctl 启动并设为开机自启动。',
  ],
  ['防火墙', '在云服务商的控制台里放行 3306 端口，只允许内网地址访问。'],
  ['虚拟环境', '虚拟环境里装 Django 与 uwsgi，不污染系统的 Python。'],
  ['配置反向代理', 'nginx 把请求转给 uwsgi，静态文件由 nginx 直接返回。'],
  ['定时备份', '每天凌晨三点用 mysqldump 备份数据库，保留七天。'],
  ['查看日志', 'journalctl -u uwsgi --since today 查看当天日志'],
]

const html = sections
  .map(
    ([title, text]) =>
      `<h2 id="${title}" tabindex="-1">${title} <a class="header-anchor" href="#${title}" aria-label="本节链接：${title}">&ZeroWidthSpace;</a></h2>\n<p>${text}</p>`,
  )
  .join('\n')
const index = [...searchSections('page.md', html)].map(({ titles, text }) => ({
  title: titles.at(-1) ?? '',
  terms: text.toLowerCase().split(' '),
}))

/** As MiniSearch is set up: every term of the query, each as a beginning. */
function search(query: string): readonly string[] {
  const wanted = tokenize(query.toLowerCase())
  return index
    .filter(({ terms }) => wanted.every((term) => terms.some((one) => one.startsWith(term))))
    .map(({ title }) => title)
}

describe('search finds Chinese words', () => {
  test.each([
    ['安装', '安装数据库'],
    ['数据库', '定时备份'],
    ['防火墙', '防火墙'],
    ['控制台', '防火墙'],
    ['云服务商', '防火墙'],
    ['端口', '防火墙'],
    ['3306', '防火墙'],
    ['虚拟环境', '虚拟环境'],
    ['反向代理', '配置反向代理'],
    ['静态文件', '配置反向代理'],
    ['停止维护', '准备服务器'],
    ['换源', '更新系统源'],
    ['镜像已归档', '更新系统源'],
    ['开机自启动', '安装数据库'],
    ['mariadb', '安装数据库'],
    ['mariadb-server', '安装数据库'],
    ['useradd', '创建运行用户'],
    ['运行用户', '创建运行用户'],
    ['凌晨三点', '定时备份'],
    ['七', '定时备份'],
    ['journalctl', '查看日志'],
    ['日志', '查看日志'],
    ['uwsgi 静态', '配置反向代理'],
  ])('%s', (query, title) => {
    expect(search(query)).toContain(title)
  })

  test.each(['污染源码', '关机', '数据仓库', '火墙防'])('%s is nowhere', (query) => {
    expect(search(query)).toEqual([])
  })
})

describe('sections', () => {
  test('have the titles above them', () => {
    const page = `${heading(1, 'A')}a${heading(2, 'B')}b${heading(3, 'C')}c${heading(2, 'D')}d`
    expect([...searchSections('', page)].map(({ titles, anchor }) => [anchor, ...titles])).toEqual([
      ['', 'A'],
      ['B', 'A', 'B'],
      ['C', 'A', 'B', 'C'],
      ['D', 'A', 'D'],
    ])
  })

  test('keep a title as HTML, which VitePress shows, and index it as text', () => {
    const [section] = searchSections('', heading(1, '&lt;img src=x&gt;'))
    expect(section).toMatchObject({ titles: ['&lt;img src=x&gt;'], text: 'img src x' })
  })
})

function heading(depth: number, title: string): string {
  return (
    `<h${depth} id="${title}" tabindex="-1">${title} <a class="header-anchor" href="#${title}" ` +
    `aria-label="x">&ZeroWidthSpace;</a></h${depth}>`
  )
}
