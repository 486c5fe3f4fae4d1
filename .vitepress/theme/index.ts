export { default } from '../../site/theme/index.ts'
