import { expect, test } from 'vitest'
import { passwordAdvice } from './password-advice.ts'

test('advice follows what is typed: length first, then what is easily guessed', () => {
  expect(passwordAdvice('').force).toBe(0)
  expect(passwordAdvice('bonjour').texte).toBe('Encore 5 caractères.')
  expect(passwordAdvice('onze lettre').texte).toBe('Encore 1 caractère.')
  expect(passwordAdvice('aaaaaaaaaaaaaaaa')).toMatchObject({ force: 1, texte: expect.stringContaining('répétitions') })
  expect(passwordAdvice('Claire Essai 2026', ['Claire'])).toMatchObject({ force: 1, texte: expect.stringContaining('nom') })
  expect(passwordAdvice('monAzerty2026!')).toMatchObject({ force: 2 })
  expect(passwordAdvice('rue des lilas')).toMatchObject({ force: 3 })
  expect(passwordAdvice('trois vélos bleus sous la pluie')).toEqual({ force: 4, texte: 'Très bon.' })
})

test('an accent or a capital does not hide a name, and a short word of it does not count', () => {
  expect(passwordAdvice('la-guérêtoise-verte', ['Mairie de GUERET']).force).toBe(1)
  expect(passwordAdvice('montagne de neige douce', ['Zoé de Foy']).force).toBe(4)
})
