export { scoringTerms } from '../../src/judging/terms.ts'
