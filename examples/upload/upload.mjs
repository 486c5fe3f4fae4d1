#!/usr/bin/env node
/**
 * 把一个 git 项目的文件上传到主机：node upload.mjs 项目目录 主机:目标目录 [--ssh-config 文件]
 *
 * 只传 git 管着的和还没有提交的文件，.gitignore 里的一概不传。先传到旁边的新目录，全部到齐之后
 * 才替换旧目录，中途断了不会留下半新半旧的项目。
 */

import { $, argv, chalk, fs, path } from 'zx'

$.quiet = true

const [project, target] = argv._
const [, host, folder] = /^([^:\s-][^:\s]*):(\/?[\w./-]+)$/.exec(target ?? '') ?? []
if (project === undefined || host === undefined) {
  console.error('用法：node upload.mjs 项目目录 主机:目标目录 [--ssh-config 文件]')
  process.exit(2)
}
if (!(await fs.pathExists(path.join(project, '.git')))) {
  console.error(`${project} 不是 git 项目：先在里面执行 git init`)
  process.exit(2)
}

const ssh = ['-o', 'BatchMode=yes', ...(argv['ssh-config'] ? ['-F', argv['ssh-config']] : []), host]
const listed = await $`git -C ${project} ls-files -z --cached --others --exclude-standard`
// 删掉了但还没有提交的文件仍在清单里。
const names = listed.stdout.split('\0').filter((name) => name !== '')
const files = names.filter((name) => fs.existsSync(path.join(project, name)))

// 主机上执行的脚本不变，目录名作为参数送过去，不会被当成命令。
const receive = `set -e
folder=$1 count=$2
mkdir -p "$(dirname "$folder")"
rm -rf "$folder.new"
mkdir "$folder.new"
tar -xzf - -C "$folder.new"
got=$(find "$folder.new" -type f -o -type l | wc -l)
[ "$got" -eq "$count" ] || { echo "只收到 $got 个文件，应当是 $count 个" >&2; exit 1; }
rm -rf "$folder.old"
[ ! -e "$folder" ] || mv "$folder" "$folder.old"
mv "$folder.new" "$folder"
rm -rf "$folder.old"`

const pack = $({ input: files.join('\0') })`tar -czf - -C ${project} --null -T -`
const command = `sh -c '${receive.replaceAll("'", `'\\''`)}' upload ${folder} ${files.length}`
try {
  await pack.pipe($`ssh ${ssh} ${command}`)
} catch (error) {
  console.error(chalk.red(`上传失败：${String(error.stderr ?? error).trim()}`))
  process.exit(1)
}
console.log(`上传了 ${files.length} 个文件到 ${host}:${folder}`)
