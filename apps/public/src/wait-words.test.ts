import { expect, test } from 'vitest'
import { waitInWords } from './wait-words.ts'

test.each([
  [1, '1\u00a0seconde'],
  [27, '27\u00a0secondes'],
  [60, '1\u00a0minute'],
  [125, '2\u00a0minutes 5\u00a0secondes'],
])('%i seconds are said %j', (seconds, words) => {
  expect(waitInWords(seconds)).toBe(words)
})
