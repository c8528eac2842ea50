import { expect, test } from 'vitest'
import { pathOfOurs } from './retour.ts'

test.each(['/collectivite/', '/collectivite/commandes?statut=livree&apres=a%2Fb', '/compte/securite', '/'])('%s is ours', (path) => {
  expect(pathOfOurs(path)).toBe(path)
})
test.each([
  null,
  '',
  'collectivite/',
  'https://exemple.fr/',
  '//exemple.fr/',
  '/\\exemple.fr/',
  '/\t/exemple.fr',
  '/a\\b',
  'javascript:alert(1)',
  '/connexion?retour=/connexion',
  '/connexion/refus',
  '/collectivite/../connexion',
  '/invitation',
  '/api/session/proconnect',
  `/${'a'.repeat(500)}`,
])('%j is not a page to come back to', (path) => {
  expect(pathOfOurs(path)).toBeNull()
})
test('what comes after # is left out: it is never needed, and it may be a secret', () => {
  expect(pathOfOurs('/collectivite/#x')).toBe('/collectivite/')
})
