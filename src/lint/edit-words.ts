/** Words of a text that tells a person to change a part of a file. */

const adding =
  /\b(?:add(?:ing)?|append|insert|change|modify|replace|uncomment|find|locate|look for|set|update|remove|delete|comment out|at the (?:end|bottom|top)|lines?)\b|添加|追加|加入|增加|加上|新增|修改|改为|改成|更改|替换|找到|查找|取消注释|删除|末尾|最后|以下行/i

/** Whether a text says that what follows is a part of a file, and not the whole of it. */
export function saysPart(text: string): boolean {
  return adding.test(text)
}
