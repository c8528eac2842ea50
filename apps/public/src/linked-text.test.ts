import { expect, test } from 'vitest'
import { linkedText } from './linked-text.ts'

test('addresses become links, the text around stays, nothing is lost', () => {
  const texte = 'Bonjour,\n\nhttp://localhost:3000/connexion/lien?retour=%2Fanct%2F#aB-_9.\n(Aide : https://exemple.fr/aide)\nFin'
  const pieces = linkedText(texte)
  expect(pieces.map((piece) => piece.texte).join('')).toBe(texte)
  expect(pieces.flatMap(({ href }) => href ?? [])).toEqual([
    'http://localhost:3000/connexion/lien?retour=%2Fanct%2F#aB-_9',
    'https://exemple.fr/aide',
  ])
})
test('what a script could use is never a link', () => {
  expect(linkedText('javascript:alert(1) data:text/html,x http://[')).toEqual([{ texte: 'javascript:alert(1) data:text/html,x http://[' }])
})
