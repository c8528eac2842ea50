import { expect, test } from 'vitest'
import { PIN_CHIFFRES, whyNotPin } from './pin.ts'

test.each([
  ['the same figure', '000000'],
  ['the same figure', '111111'],
  ['an ascending run', '123456'],
  ['an ascending run past nine', '789012'],
  ['a descending run', '987654'],
  ['a descending run past zero', '210987'],
  ['a pair repeated', '121212'],
  ['two figures alone', '477474'],
  ['a half repeated', '482482'],
  ['three pairs', '447799'],
  ['a mirror', '482284'],
  ['a day', '140789'],
  ['a day without its century', '310100'],
  ['a month and its year', '071989'],
  ['a year and its month', '198907'],
  ['a column of the keypad', '147258'],
])('%s (%s) is refused', (_, pin) => {
  expect(whyNotPin(pin)).toMatchObject({ code: 'pin_faible' })
})

test.each(['481207', '730594', '905183', '320789', '141389', '271949'])('%s is accepted', (pin) => expect(whyNotPin(pin)).toBeNull())

test('what is refused leaves plenty: less than one code in twenty', () => {
  let tried = 0
  let refused = 0
  // one in seventeen: a step that divides no repeated pattern (1 001, 10 101, mirrors)
  for (let n = 0; n < 1_000_000; n += 17) {
    tried += 1
    if (whyNotPin(String(n).padStart(PIN_CHIFFRES, '0'))) refused += 1
  }
  console.log(`PIN: ${refused} codes of ${tried} refused`)
  expect(refused / tried).toBeGreaterThan(0.03)
  expect(refused / tried).toBeLessThan(0.05)
})
