import { expect, test } from 'vitest'
import { isShown, readCalendar, withView } from './calendar-address.ts'

const read = (text: string) => readCalendar(new URLSearchParams(text), '2026-03-10')

test('without anything in the address, the week of today with every atelier', () => {
  expect(read('')).toEqual({ vue: 'semaine', jour: '2026-03-10', lieuId: null, theme: null, statut: null })
})

test('what the address says is kept, what makes no sense is not', () => {
  expect(read('vue=mois&jour=2026-04-01&lieuId=l1&statut=annule')).toMatchObject({
    vue: 'mois',
    jour: '2026-04-01',
    lieuId: 'l1',
    statut: 'annule',
  })
  expect(read('vue=an&jour=2026-02-31&theme=cuisine&statut=x')).toEqual(read(''))
})

test('another view keeps the filters and leaves the page of the list', () => {
  expect(withView(new URLSearchParams('statut=tenu&apres=x&rang=26'), { vue: 'mois' })).toBe('?statut=tenu&vue=mois')
})

test('a filter hides what it does not name', () => {
  const atelier = { lieu: { id: 'l1' }, theme: 'outils_quotidien', statut: 'ouvert' } as const
  expect(isShown(read(''), atelier)).toBe(true)
  expect(isShown(read('lieuId=l1&theme=outils_quotidien&statut=ouvert'), atelier)).toBe(true)
  for (const other of ['lieuId=l2', 'theme=materiel_solidaire', 'statut=annule']) expect(isShown(read(other), atelier)).toBe(false)
})
