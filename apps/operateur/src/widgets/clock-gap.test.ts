import { expect, test } from 'vitest'
import { clockWords } from './clock-gap.ts'

const plain = (text: string) => text.replaceAll(/\s/g, ' ')

test('a doubtful clock is told by how much, or why its hour is not believed', () => {
  expect(plain(clockWords(null))).toContain('jamais joint')
  expect(plain(clockWords(900))).toBe('Horloge reculée de 15 min entre la lecture et l’envoi.')
  expect(plain(clockWords(-7200))).toBe('Horloge avancée de 2 h entre la lecture et l’envoi.')
  expect(plain(clockWords(-86_400 * 3))).toBe('Horloge avancée de 3 jours entre la lecture et l’envoi.')
  expect(plain(clockWords(300))).toContain('heure impossible')
})
